package dev.gatewatch.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatewatch.alert.AlertReport;
import dev.gatewatch.alert.Delivery.Outcome;
import dev.gatewatch.alert.OpenAlert;
import dev.gatewatch.alert.TargetReport;
import dev.gatewatch.alert.TestOutcome;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of {@code /alerts}: names and types are a contract, see the README. */
@RegisterForReflection(ignoreNested = false)
final class AlertViews {

    private AlertViews() {}

    /** Everything. */
    record AlertsView(
            List<OpenView> open,
            List<TargetView> targets,
            boolean maintenance,
            int queued,
            @JsonProperty("outbox_saved") boolean outboxSaved) {

        static AlertsView of(AlertReport report) {
            return new AlertsView(
                    report.open().stream().map(OpenView::of).toList(),
                    report.targets().stream().map(TargetView::of).toList(),
                    report.maintenance(),
                    report.targets().stream().mapToInt(TargetReport::queued).sum(),
                    report.kept());
        }
    }

    /** An open alert. */
    record OpenView(
            String id,
            String rule,
            @Nullable String severity,
            String title,
            Instant since,
            @JsonProperty("opened_at") Instant openedAt,
            @JsonProperty("told_at") Instant toldAt,
            List<Integer> shards) {

        static OpenView of(OpenAlert alert) {
            return new OpenView(
                    alert.id(),
                    alert.rule().word(),
                    HistoryViews.lower(alert.severity()),
                    alert.headline(),
                    alert.since(),
                    alert.openedAt(),
                    alert.toldAt(),
                    List.copyOf(alert.shards()));
        }
    }

    /** A target, by its name, never by its URL. */
    record TargetView(
            String name,
            String kind,
            @Nullable String state,
            int queued,
            @Nullable LastView last,
            @JsonProperty("next_attempt") @Nullable Instant nextAttempt) {

        static TargetView of(TargetReport report) {
            TargetReport.Last last = report.last();
            return new TargetView(
                    report.name(),
                    report.kind(),
                    HistoryViews.lower(report.state()),
                    report.queued(),
                    last == null ? null : LastView.of(last),
                    report.nextAttempt());
        }
    }

    /** The last attempt to reach a target. */
    record LastView(
            Instant time,
            String alert,
            String outcome,
            @Nullable Integer status,
            String message) {

        static LastView of(TargetReport.Last last) {
            return new LastView(
                    last.at(),
                    last.alert(),
                    last.delivery().outcome().word(),
                    last.delivery().status(),
                    last.delivery().words());
        }
    }

    /** How a test alert ended everywhere. */
    record TestView(int delivered, int failed, List<OutcomeView> targets) {

        static TestView of(List<TestOutcome> outcomes) {
            List<OutcomeView> views = outcomes.stream().map(OutcomeView::of).toList();
            int delivered = (int) views.stream()
                    .filter(view -> view.outcome().equals("delivered"))
                    .count();
            return new TestView(delivered, views.size() - delivered, views);
        }
    }

    /** How it ended at one target. */
    record OutcomeView(
            String name,
            String outcome,
            @Nullable Integer status,
            String message,
            @JsonProperty("took_ms") long tookMillis) {

        static OutcomeView of(TestOutcome outcome) {
            return new OutcomeView(
                    outcome.target(),
                    // nobody tries a test alert again
                    outcome.delivery().outcome() == Outcome.RETRIED
                            ? "failed"
                            : outcome.delivery().outcome().word(),
                    outcome.delivery().status(),
                    outcome.delivery().words(),
                    outcome.took().toMillis());
        }
    }
}
