package dev.gatewatch.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatewatch.connection.CloseCode;
import dev.gatewatch.history.Incident;
import dev.gatewatch.history.IncidentReport;
import dev.gatewatch.history.MaintenanceWindow;
import dev.gatewatch.history.Note;
import dev.gatewatch.history.Sample;
import dev.gatewatch.history.StoredEvent;
import dev.gatewatch.history.StoredEvent.Detail;
import dev.gatewatch.history.Verdict;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of {@code /history}: names and types are a contract, see the README. */
@RegisterForReflection(ignoreNested = false)
final class HistoryViews {

    private HistoryViews() {}

    static @Nullable String lower(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
    }

    static String word(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / 1_000.0;
    }

    static @Nullable Double millis(@Nullable Duration duration) {
        return duration == null ? null : Math.round(duration.toNanos() / 100_000.0) / 10.0;
    }

    /** A page of a list. */
    record PageView<T>(List<T> items, @Nullable String next) {}

    /** A fact. */
    record EventView(
            String id,
            Instant time,
            String instance,
            int shard,
            String kind,
            @Nullable Integer attempt,
            @Nullable String recovery,
            @Nullable String endpoint,
            @Nullable String cause,
            @Nullable Integer code,
            @JsonProperty("duration_seconds") @Nullable Double durationSeconds,
            @Nullable Integer replayed,
            @Nullable String message) {

        static EventView of(StoredEvent event) {
            Detail detail = event.detail();
            String cause = detail.cause();
            return new EventView(
                    event.id(),
                    event.at(),
                    event.instance(),
                    event.shard(),
                    word(event.kind().name()),
                    detail.attempt(),
                    lower(detail.recovery()),
                    lower(detail.endpoint()),
                    cause == null ? null : word(cause),
                    detail.code(),
                    seconds(detail.duration()),
                    detail.replayed(),
                    detail.message());
        }

        static Csv csv(List<EventView> events) {
            Csv csv = new Csv(
                    "id",
                    "time",
                    "instance",
                    "shard",
                    "kind",
                    "attempt",
                    "recovery",
                    "endpoint",
                    "cause",
                    "code",
                    "duration_seconds",
                    "replayed",
                    "message");
            events.forEach(e -> csv.row(
                    e.id,
                    e.time,
                    e.instance,
                    e.shard,
                    e.kind,
                    e.attempt,
                    e.recovery,
                    e.endpoint,
                    e.cause,
                    e.code,
                    e.durationSeconds,
                    e.replayed,
                    e.message));
            return csv;
        }
    }

    /** An incident. */
    record IncidentView(
            String id,
            String instance,
            int shard,
            Instant start,
            @Nullable Instant end,
            boolean open,
            @JsonProperty("duration_seconds") @Nullable Double durationSeconds,
            String cause,
            String message,
            @JsonProperty("close_codes") List<CodeView> closeCodes,
            Map<String, Integer> failures,
            int attempts,
            @JsonProperty("recovered_by") @Nullable String recoveredBy,
            @JsonProperty("discord_status_page") @Nullable String statusPage,
            VerdictView verdict) {

        static IncidentView of(Incident incident, Instant now) {
            return new IncidentView(
                    incident.id(),
                    incident.instance(),
                    incident.shard(),
                    incident.start(),
                    incident.end(),
                    incident.isOpen(),
                    seconds(incident.duration(now)),
                    word(incident.cause()),
                    incident.message(),
                    incident.closeCodes().stream().map(CodeView::of).toList(),
                    incident.failures().counts(),
                    incident.attempts(),
                    lower(incident.recovery()),
                    incident.statusPage(),
                    VerdictView.of(incident.verdict()));
        }

        static Csv csv(List<IncidentView> incidents) {
            Csv csv = new Csv(
                    "id",
                    "instance",
                    "shard",
                    "start",
                    "end",
                    "duration_seconds",
                    "cause",
                    "message",
                    "close_codes",
                    "attempts",
                    "recovered_by",
                    "verdict",
                    "confidence",
                    "evidence");
            incidents.forEach(i -> csv.row(
                    i.id,
                    i.instance,
                    i.shard,
                    i.start,
                    i.end,
                    i.durationSeconds,
                    i.cause,
                    i.message,
                    String.join(
                            " ",
                            i.closeCodes.stream()
                                    .map(c -> Integer.toString(c.code))
                                    .toList()),
                    i.attempts,
                    i.recoveredBy,
                    i.verdict.blame,
                    i.verdict.confidence,
                    String.join(" ", i.verdict.evidence)));
            return csv;
        }
    }

    /** A close code with its name. */
    record CodeView(int code, String name) {

        static CodeView of(int code) {
            return new CodeView(code, CloseCode.describe(code));
        }
    }

    /** Whose fault it was. */
    record VerdictView(String blame, String confidence, List<String> evidence) {

        static VerdictView of(Verdict verdict) {
            return new VerdictView(
                    word(verdict.blame().name()), word(verdict.confidence().name()), verdict.evidence());
        }
    }

    /** An incident with all that belongs to it. */
    record ReportView(IncidentView incident, List<EventView> timeline, List<NoteView> notes) {

        static ReportView of(IncidentReport report, Instant now) {
            return new ReportView(
                    IncidentView.of(report.incident(), now),
                    report.timeline().stream().map(EventView::of).toList(),
                    report.notes().stream().map(NoteView::of).toList());
        }
    }

    /** An operator's note. */
    record NoteView(String id, Instant time, String author, String text) {

        static NoteView of(Note note) {
            return new NoteView(note.id(), note.at(), note.author(), note.text());
        }
    }

    /** A maintenance window. */
    record MaintenanceView(String id, Instant from, Instant to, String reason) {

        static MaintenanceView of(MaintenanceWindow window) {
            return new MaintenanceView(window.id(), window.from(), window.to(), window.reason());
        }
    }

    /** One step's measurements of one shard, or of all as one; {@code shard} is null then. */
    record SampleView(
            Instant time,
            @Nullable Integer shard,
            String phase,
            @JsonProperty("uptime_percent") @Nullable Double uptimePercent,
            @JsonProperty("watched_seconds") @Nullable Double watchedSeconds,
            @Nullable Double latency,
            @JsonProperty("latency_max") @Nullable Double latencyMax,
            int guilds,
            long users) {

        static SampleView of(Sample sample) {
            long span = sample.span().toMillis();
            return new SampleView(
                    sample.at(),
                    sample.shardOrAll(),
                    word(sample.phase().name()),
                    span == 0 ? null : Math.round(sample.up().toMillis() * 100_000.0 / span) / 1_000.0,
                    seconds(sample.span()),
                    millis(sample.latency()),
                    millis(sample.latencyMax()),
                    sample.guilds(),
                    sample.users());
        }

        static Csv csv(List<SampleView> samples) {
            Csv csv = new Csv(
                    "time",
                    "shard",
                    "phase",
                    "uptime_percent",
                    "watched_seconds",
                    "latency",
                    "latency_max",
                    "guilds",
                    "users");
            samples.forEach(s -> csv.row(
                    s.time,
                    s.shard,
                    s.phase,
                    s.uptimePercent,
                    s.watchedSeconds,
                    s.latency,
                    s.latencyMax,
                    s.guilds,
                    s.users));
            return csv;
        }
    }

    /** Samples of one step. */
    record SamplesView(String step, List<SampleView> items) {}
}
