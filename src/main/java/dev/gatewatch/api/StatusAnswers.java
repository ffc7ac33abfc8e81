package dev.gatewatch.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatewatch.connection.Phase;
import dev.gatewatch.connection.Snapshot;
import dev.gatewatch.history.DatabaseStatus;
import dev.gatewatch.history.HistoryService;
import dev.gatewatch.status.StatusBoard;
import dev.gatewatch.status.StatusConfig;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The answers of {@code /health} and {@code /discord-status}, each written once for everybody who asks. Thread-safe; never waits. */
@Singleton
final class StatusAnswers {

    private final StatusBoard board;
    private final StatusConfig config;
    private final HistoryService history;
    private final ObjectMapper mapper;
    private final String version;
    private final FoldedAnswer health = new FoldedAnswer(this::basis, () -> health(false));
    private final FoldedAnswer draft = new FoldedAnswer(this::basis, () -> health(true));
    private final FoldedAnswer status;

    StatusAnswers(
            StatusBoard board,
            StatusConfig config,
            CurrentStatus current,
            HistoryService history,
            ObjectMapper mapper,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.board = board;
        this.config = config;
        this.history = history;
        this.mapper = mapper;
        this.version = version;
        status = new FoldedAnswer(board::current, () -> body(200, current.view()));
    }

    /** The summary: 200, or 503 when unhealthy. */
    FoldedAnswer health() {
        return health;
    }

    /** The summary in the form of the IETF's draft. */
    FoldedAnswer healthDraft() {
        return draft;
    }

    /** Everything known about the connection. */
    FoldedAnswer status() {
        return status;
    }

    private Object basis() {
        return List.of(board.current(), history.status());
    }

    private AnswerBody health(boolean asDraft) {
        Snapshot snapshot = board.current();
        Instant now = CurrentStatus.now();
        DatabaseStatus database = history.status();
        Verdict verdict = Verdict.of(snapshot.phase(), database);
        StatusViews.BotView bot = new StatusViews.BotView(
                StatusViews.status(snapshot.phase()),
                StatusViews.InfoView.of(snapshot, config.recentErrorsWindow(), now));
        StatusViews.HealthView view =
                new StatusViews.HealthView(verdict.name(), now, HistoryViews.word(database.name()), bot, version);
        return body(verdict == Verdict.unhealthy ? 503 : 200, asDraft ? HealthJson.of(view, verdict.word) : view);
    }

    private AnswerBody body(int code, Object view) {
        try {
            return new AnswerBody(code, mapper.writeValueAsString(view));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A view of ours cannot be written as JSON", e);
        }
    }

    /** The status words of {@code /health}. */
    private enum Verdict {
        healthy("pass"),
        degraded("warn"),
        unhealthy("fail");

        /** The same in the words of the IETF's draft. */
        final String word;

        Verdict(String word) {
            this.word = word;
        }

        static Verdict of(Phase phase, DatabaseStatus database) {
            return switch (phase) {
                case CONNECTED -> database == DatabaseStatus.UNHEALTHY ? degraded : healthy;
                case STOPPED -> unhealthy;
                default -> degraded;
            };
        }
    }
}
