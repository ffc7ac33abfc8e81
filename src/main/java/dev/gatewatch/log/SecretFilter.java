package dev.gatewatch.log;

import dev.gatewatch.connection.Redaction;
import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Hides secrets in every log line, whatever its category and level: those that have the form of one, and those that are
 * configured. Libraries log whole URLs at DEBUG.
 */
@LoggingFilter(name = "secrets")
public final class SecretFilter implements Filter {

    private static final ExtFormatter MESSAGE = new PatternFormatter("%s");

    @Override
    public boolean isLoggable(LogRecord record) {
        if (record instanceof ExtLogRecord line) {
            String text = MESSAGE.formatMessage(line);
            String hidden = hide(text);
            if (hidden != null && !hidden.equals(text)) {
                line.setMessage(hidden, ExtLogRecord.FormatStyle.NO_FORMAT);
                line.setParameters(new Object[0]);
            }
        }
        Throwable thrown = record.getThrown();
        if (thrown != null) {
            record.setThrown(hide(thrown));
        }
        return true;
    }

    /** The same throwable, or one that prints like it with the secrets hidden. */
    public static Throwable hide(Throwable thrown) {
        return HiddenThrowable.isNeededFor(thrown) ? HiddenThrowable.of(thrown) : thrown;
    }

    static @Nullable String hide(@Nullable String text) {
        return text == null ? null : Redaction.hide(KnownSecrets.hide(text));
    }
}
