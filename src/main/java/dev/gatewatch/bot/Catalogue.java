package dev.gatewatch.bot;

import dev.gatewatch.log.LogEvent;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The commands there are, by name; immutable. One that cannot be used is left out, and the log says why. */
final class Catalogue {

    private static final Logger log = Logger.getLogger(Catalogue.class);

    private final Map<String, KnownCommand> offered = new LinkedHashMap<>();
    private final Set<String> withdrawn = new TreeSet<>();

    Catalogue(Stream<SlashCommand> handlers, CommandConfig config) {
        Set<String> everybody = Set.copyOf(config.commandsPublic().orElseGet(List::of));
        Set<String> disabled = Set.copyOf(config.commandsDisabled().orElseGet(List::of));
        handlers.sorted(Comparator.comparing(Catalogue::isBuiltIn)).forEach(handler -> add(handler, everybody));
        disabled.forEach(name -> withdraw(name));
        if (!config.commandsEnabled()) {
            Set.copyOf(offered.keySet()).forEach(this::withdraw);
        }
    }

    /** The command of this name, if it is offered. */
    Optional<KnownCommand> find(String name) {
        return Optional.ofNullable(offered.get(name));
    }

    /** What is offered. */
    List<KnownCommand> offered() {
        return List.copyOf(offered.values());
    }

    /** The names that are switched off: Discord shall not offer them. */
    Set<String> withdrawn() {
        return Set.copyOf(withdrawn);
    }

    private void add(SlashCommand handler, Set<String> everybody) {
        try {
            KnownCommand command = KnownCommand.of(handler, everybody.contains(handler.name()));
            KnownCommand other = offered.putIfAbsent(command.name(), command);
            if (other != null && !isBuiltIn(handler)) {
                LogEvent.HANDLER_LEFT_OUT.log(
                        log,
                        "Two beans are the command /%s: %s is used, %s is left out",
                        command.name(),
                        type(other.handler()),
                        type(handler));
            }
        } catch (RuntimeException | LinkageError e) {
            LogEvent.HANDLER_LEFT_OUT.log(
                    log, "%s is left out, since it cannot be a slash command: %s", type(handler), Redacted.line(e));
        }
    }

    private void withdraw(String name) {
        offered.remove(name);
        withdrawn.add(name);
    }

    private static boolean isBuiltIn(SlashCommand handler) {
        return handler instanceof BuiltIn;
    }

    private static String type(Object bean) {
        return bean.getClass().getName();
    }
}
