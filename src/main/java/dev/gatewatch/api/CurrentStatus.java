package dev.gatewatch.api;

import dev.gatewatch.status.StatusBoard;
import dev.gatewatch.status.StatusConfig;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What {@code /discord-status} says now; instant. */
@Singleton
final class CurrentStatus {

    private final StatusBoard board;
    private final StatusConfig config;

    CurrentStatus(StatusBoard board, StatusConfig config) {
        this.board = board;
        this.config = config;
    }

    StatusViews.DiscordStatusView view() {
        return StatusViews.DiscordStatusView.of(board.current(), config.recentErrorsWindow(), now());
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
