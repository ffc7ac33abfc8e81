package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Scheduler;

/**
 * Who may read which clock.
 *
 * <ol>
 *   <li>Deadlines and waits use the monotonic clock: nobody can set it.
 *   <li>Time that people are told uses the wall clock, which goes on while the machine is suspended; a clock that is set is told as
 *       a fact, {@code ClockSet}, and moves what is remembered.
 * </ol>
 *
 * <p>A class that reads a clock is named here. Before you add one, ask which of the two rules it serves. The simulator and the drill are
 * no part of the service.
 */
class ClockRulesTest {

    private static final Set<String> DATES_FACTS_AND_ANSWERS = names("""
            alert.AlertEngine
            alert.Lane
            alert.WebhookSender
            api.AvailabilityResource
            api.CurrentStatus
            api.IncidentsResource
            api.SamplesResource
            bot.CommandRunner
            bot.IncidentsCommand
            bot.Registration
            bot.StatusCommand
            bot.Tally
            gateway.Attempt
            gateway.DataDirectory
            gateway.DroppingScheduler
            gateway.Failures
            gateway.Fleet
            gateway.FleetMemory
            gateway.GatewayCommands
            gateway.GatewayService
            gateway.GatewaySupervisor
            gateway.GuildCensus
            gateway.Pulse
            health.GatewayReadiness
            history.Connector
            history.EventTail
            history.History
            history.HistoryJobs
            history.HistoryWriter
            history.LiveEvents
            metrics.ConnectionMeters
            status.ConnectionMonitor
            status.MachineClocks
            terminal.LiveMonitor
            terminal.Monitor
            terminal.PlainMonitor
            terminal.Poller
            terminal.StreamFollower
            """);

    private static final Set<String> MEASURES_DEADLINES_AND_WAITS = names("""
            DrillCommand
            alert.AlertEngine
            alert.Lane
            alert.Mirror
            api.FoldedAnswer
            api.Frames
            api.StreamReader
            api.WrongTokens
            bot.CommandRunner
            bot.Tally
            gateway.Attempt
            gateway.GatewaySupervisor
            gateway.GuildsFile
            gateway.HttpGatewayDirectory
            gateway.IdentifyGate
            gateway.InvalidRequests
            gateway.NetworkProbe
            gateway.Pulse
            gateway.SendLimit
            gateway.StepDeadline
            gateway.SupervisionWatch
            history.RetentionGuard
            history.StoreLink
            status.MachineClocks
            """);

    private static final Set<String> WALL_CLOCK = Set.of(
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.Clock.system",
            "java.util.Date.<init>",
            "java.util.Calendar.getInstance",
            "java.lang.System.currentTimeMillis");

    private static final String MONOTONIC = "java.lang.System.nanoTime";

    @Test
    void onlyTheseReadTheWallClock() {
        assertThat(readers((access, nanoseconds) ->
                        WALL_CLOCK.contains(target(access)) || (isSchedulers(access) && !nanoseconds)))
                .as("classes that read the wall clock: to date facts and answers, never to wait or to limit")
                .isEqualTo(DATES_FACTS_AND_ANSWERS);
    }

    @Test
    void onlyTheseReadTheMonotonicClock() {
        assertThat(readers((access, nanoseconds) ->
                        target(access).equals(MONOTONIC) || (isSchedulers(access) && nanoseconds)))
                .as(
                        "classes that read the monotonic clock: for deadlines, waits and round trips, never for what people are told")
                .isEqualTo(MEASURES_DEADLINES_AND_WAITS);
    }

    private static Set<String> readers(BiPredicate<JavaCodeUnitAccess<?>, Boolean> reads) {
        return new ClassFileImporter()
                .importPath(main()).stream()
                        .filter(type -> !type.getName().contains("_") && isService(type))
                        .filter(type -> type.getCodeUnitAccessesFromSelf().stream()
                                .anyMatch(access -> reads.test(access, asksForNanoseconds(access))))
                        .map(ClockRulesTest::outermost)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isSchedulers(JavaCodeUnitAccess<?> access) {
        return access.getName().equals("now") && access.getTargetOwner().isAssignableTo(Scheduler.class);
    }

    /** Which unit is asked for stands on the same line. */
    private static boolean asksForNanoseconds(JavaCodeUnitAccess<?> access) {
        return access.getOrigin().getFieldAccesses().stream()
                .filter(field -> field.getTargetOwner().isEquivalentTo(TimeUnit.class))
                .filter(field -> field.getLineNumber() == access.getLineNumber())
                .map(field -> field.getTarget().getName())
                .toList()
                .equals(List.of(TimeUnit.NANOSECONDS.name()));
    }

    private static String target(JavaCodeUnitAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getName();
    }

    private static boolean isService(JavaClass type) {
        return !type.getPackageName().matches("dev\\.gatewatch\\.(simulator|drill)(\\..*)?");
    }

    private static String outermost(JavaClass type) {
        return type.getName().replaceFirst("^dev\\.gatewatch\\.", "").replaceFirst("\\$.*", "");
    }

    private static Path main() {
        try {
            return Path.of(Gatewatch.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> names(String text) {
        return text.lines().map(String::strip).collect(Collectors.toCollection(TreeSet::new));
    }
}
