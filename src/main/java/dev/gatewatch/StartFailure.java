package dev.gatewatch;

import dev.gatewatch.api.ManagementPort;
import dev.gatewatch.gateway.DirectoryInUseException;
import dev.gatewatch.gateway.DirectoryUnreadableException;
import dev.gatewatch.history.NewerSchemaException;
import dev.gatewatch.log.SecretFilter;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.util.ExceptionUtil;
import java.io.PrintStream;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts into words why the service could not start. */
final class StartFailure {

    private StartFailure() {}

    /** One message for what a person can repair; a stack trace for what only we can. */
    static void print(Throwable failure, PrintStream out) {
        Throwable cause = ExceptionUtil.getRootCause(failure);
        Optional<Throwable> port = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(ManagementPort.PortUnusableException.class::isInstance)
                .findFirst();
        List<String> wrongSettings = FrameworkSettings.wrong(failure);
        if (!wrongSettings.isEmpty()) {
            wrongSettings.forEach(line -> out.println("Gatewatch cannot start: " + line));
        } else if (cause instanceof UnknownHostException) {
            out.println(
                    "Gatewatch cannot start: QUARKUS_HTTP_HOST is no address of this machine: " + cause.getMessage());
        } else if (port.isPresent()) {
            out.println("Gatewatch cannot start: " + port.get().getMessage());
        } else if (cause instanceof NewerSchemaException
                || cause instanceof DirectoryInUseException
                || cause instanceof DirectoryUnreadableException) {
            out.println("Gatewatch cannot start: " + cause.getMessage());
        } else if (cause instanceof QuarkusBindException bind) {
            out.println("Gatewatch cannot start: port " + bind.getPort()
                    + " is in use by another process. Stop that one ("
                    + "ss -ltnp 'sport = :" + bind.getPort() + "' shows it), or choose another port: QUARKUS_HTTP_PORT="
                    + (bind.getPort() + 1) + ".");
        } else {
            out.println("Gatewatch cannot start:");
            SecretFilter.hide(failure).printStackTrace(out);
        }
    }
}
