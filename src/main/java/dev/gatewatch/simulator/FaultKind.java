package dev.gatewatch.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One row of the fault catalogue.
 *
 * @param name stable, kebab-case: the same in the API, on the command line, in scenarios and tests
 * @param lasting true when it stays until its time or count is up or it is healed; false when it strikes once
 * @param parameters its own and the common ones
 */
record FaultKind(
        String name,
        String description,
        boolean lasting,
        List<Parameter> parameters,
        Function<Arguments, Fault> behaviour) {

    private static final Parameter SHARD =
            Parameter.integer("shard", null, 0, 9_999, "the shard that is hit; all when left out");
    private static final Parameter SECONDS =
            Parameter.number("seconds", 0, 0, 86_400, "how long it lasts; 0 until it is healed");
    private static final Parameter COUNT =
            Parameter.integer("count", 0, 0, 1_000_000, "how often it strikes before it heals itself; 0 for no limit");

    /** A fault that strikes once. */
    static FaultKind instant(
            String name, String description, Function<Arguments, Fault> behaviour, Parameter... parameters) {
        return new FaultKind(name, description, false, with(parameters, SHARD), behaviour);
    }

    /** A lasting fault that strikes connections again and again, and can be counted. */
    static FaultKind lasting(
            String name, String description, Function<Arguments, Fault> behaviour, Parameter... parameters) {
        return new FaultKind(name, description, true, with(parameters, SHARD, SECONDS, COUNT), behaviour);
    }

    /** A lasting fault that connections are under all the time. */
    static FaultKind steady(
            String name, String description, Function<Arguments, Fault> behaviour, Parameter... parameters) {
        return new FaultKind(name, description, true, with(parameters, SHARD, SECONDS), behaviour);
    }

    /** A lasting fault of REST requests, which belong to no shard. */
    static FaultKind answering(
            String name, String description, Function<Arguments, Fault> behaviour, Parameter... parameters) {
        return new FaultKind(name, description, true, with(parameters, SECONDS, COUNT), behaviour);
    }

    /** A lasting fault of everything at once. */
    static FaultKind general(
            String name, String description, Function<Arguments, Fault> behaviour, Parameter... parameters) {
        return new FaultKind(name, description, true, with(parameters, SECONDS), behaviour);
    }

    /** A general fault that must end by itself: its own row says after how long. */
    static FaultKind bounded(
            String name, String description, Function<Arguments, Fault> behaviour, Parameter... parameters) {
        return new FaultKind(name, description, true, List.of(parameters), behaviour);
    }

    ObjectNode json() {
        ObjectNode json =
                Json.object().put("fault", name).put("description", description).put("lasting", lasting);
        ArrayNode list = json.putArray("parameters");
        parameters.forEach(parameter -> list.add(parameter.json()));
        return json;
    }

    private static List<Parameter> with(Parameter[] own, Parameter... common) {
        return Stream.concat(Stream.of(own), Stream.of(common)).toList();
    }
}
