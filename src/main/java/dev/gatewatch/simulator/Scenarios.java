package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatewatch.simulator.ScenarioFile.Step;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The scenarios that are being played, each until its last step or until it is stopped. Lives on the event loop. */
final class Scenarios {

    /** A scenario without a duration, such as one step at 0 s, is repeated no faster than this. */
    private static final Duration SHORTEST_ROUND = Duration.ofSeconds(1);

    private final Gateway gateway;
    private final Map<Long, Playing> playing = new LinkedHashMap<>();
    private long lastId;

    Scenarios(Gateway gateway) {
        this.gateway = gateway;
    }

    /** Schedules all steps from now on; gives the id to stop it by. */
    long play(ScenarioFile scenario) {
        long id = ++lastId;
        begin(id, scenario, 1);
        return id;
    }

    /** Plays no further step of it; false when it is not being played. Faults that it has injected stay as they are. */
    boolean stop(long id) {
        Playing stopped = playing.remove(id);
        if (stopped == null) {
            return false;
        }
        stopped.timers.forEach(timer -> timer.cancel(false));
        note("scenario-stopped", id, stopped.scenario);
        return true;
    }

    void stopAll() {
        List.copyOf(playing.keySet()).forEach(this::stop);
    }

    /** What {@code GET /_sim/scenarios} shows. */
    ArrayNode json() {
        ArrayNode list = Json.MAPPER.createArrayNode();
        playing.forEach((id, played) -> {
            ObjectNode one = list.addObject();
            one.put("id", id).put("name", played.scenario.name());
            one.put("repeat", played.scenario.repeat()).put("round", played.round);
        });
        return list;
    }

    private void begin(long id, ScenarioFile scenario, int round) {
        note("scenario-started", id, scenario);
        Stream<Future<?>> steps = scenario.steps().stream().map(step -> after(step.at(), () -> inject(step)));
        Duration last =
                scenario.steps().stream().map(Step::at).max(Duration::compareTo).orElse(Duration.ZERO);
        Future<?> end = scenario.repeat()
                ? after(
                        last.compareTo(SHORTEST_ROUND) > 0 ? last : SHORTEST_ROUND,
                        () -> begin(id, scenario, round + 1))
                : after(last, () -> playing.remove(id));
        playing.put(
                id,
                new Playing(
                        scenario, round, Stream.concat(steps, Stream.of(end)).toList()));
    }

    private void inject(Step step) {
        try {
            new Faults(gateway).inject(step.fault(), step.parameters());
        } catch (FaultRefusedException e) {
            gateway.journal()
                    .add(
                            "scenario-step-refused",
                            Map.of("fault", step.fault(), "reason", String.valueOf(e.getMessage())));
        }
    }

    private Future<?> after(Duration wait, Runnable step) {
        return gateway.loop().schedule(step, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void note(String event, long id, ScenarioFile scenario) {
        gateway.journal()
                .add(
                        event,
                        Map.of(
                                "id",
                                id,
                                "name",
                                scenario.name(),
                                "steps",
                                scenario.steps().size()));
    }

    /** A scenario in the midst of its steps. */
    private record Playing(ScenarioFile scenario, int round, List<Future<?>> timers) {}
}
