package dev.gatewatch.gateway;

import dev.gatewatch.log.LogEvent;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code DISCORD_TOKEN_FILE}, looked at again and again while its token is refused. Blocking; used from one thread. */
final class TokenFile {

    private static final Logger log = Logger.getLogger(TokenFile.class);

    private final Path file;
    private @Nullable String complaint;

    TokenFile(Path file) {
        this.file = file;
    }

    /** The token in it, if that is another one than {@code refused}; what cannot be used is logged once per change. */
    Optional<BotToken> other(BotToken refused) {
        try {
            BotToken token = BotToken.read(file);
            complaint = null;
            return token.secret().equals(refused.secret()) ? Optional.empty() : Optional.of(token);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.equals(complaint)) {
                complaint = message;
                LogEvent.TOKEN_FILE_UNUSABLE.log(
                        log,
                        "DISCORD_TOKEN_FILE=%s cannot be used, and the shards stay stopped: expected %s",
                        file,
                        message);
            }
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
