package dev.gatewatch.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Faults in time, read from YAML: what, when and for how long.
 *
 * <pre>{@code
 * name: A bad afternoon
 * repeat: false
 * steps:
 *   - at: 5s            # after the start; or "after: 5s", after the step before
 *     fault: mute-acks
 *     for: 20s          # as the fault's "seconds"
 *   - at: 10s           # combined with the first
 *     fault: close
 *     code: 4000
 * }</pre>
 *
 * @param repeat whether it begins again when the last step has been played
 */
public record ScenarioFile(String name, boolean repeat, List<Step> steps) {

    private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m)?");
    private static final int MAX_BYTES = 1 << 20;

    /** One fault, so long after the start. */
    public record Step(Duration at, String fault, Map<String, Object> parameters) {}

    public ScenarioFile {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a scenario and checks every step against the catalogue.
     *
     * @throws FaultRefusedException naming every step that is wrong, not only the first
     */
    public static ScenarioFile parse(String yaml) {
        Object root;
        try {
            LoaderOptions limits = new LoaderOptions();
            limits.setCodePointLimit(MAX_BYTES);
            root = new Yaml(new SafeConstructor(limits)).load(yaml);
        } catch (YAMLException e) {
            throw new FaultRefusedException("the scenario is not YAML: " + e.getMessage());
        }
        if (!(root instanceof Map<?, ?> map) || !(map.get("steps") instanceof List<?> list) || list.isEmpty()) {
            throw new FaultRefusedException("a scenario has 'steps', a list of faults");
        }
        List<Step> steps = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Duration before = Duration.ZERO;
        for (int i = 0; i < list.size(); i++) {
            try {
                Step step = step(list.get(i), before);
                before = step.at();
                steps.add(step);
            } catch (FaultRefusedException e) {
                problems.add("step " + (i + 1) + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new FaultRefusedException(String.join("; ", problems));
        }
        return new ScenarioFile(
                Objects.toString(map.get("name"), "unnamed"), Boolean.TRUE.equals(map.get("repeat")), steps);
    }

    private static Step step(@Nullable Object value, Duration before) {
        if (!(value instanceof Map<?, ?> map) || !(map.get("fault") instanceof String fault)) {
            throw new FaultRefusedException("has no 'fault'");
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        map.forEach((key, given) -> parameters.put(String.valueOf(key), given));
        parameters.remove("fault");
        Object at = parameters.remove("at");
        Object after = parameters.remove("after");
        if (at != null && after != null) {
            throw new FaultRefusedException("has both 'at' and 'after'");
        }
        Object lasting = parameters.remove("for");
        if (lasting != null) {
            parameters.put("seconds", duration(lasting).toMillis() / 1000.0);
        }
        FaultKind kind = FaultCatalogue.find(fault);
        Arguments.check(kind, parameters);
        Duration when = at != null ? duration(at) : after != null ? before.plus(duration(after)) : before;
        return new Step(when, fault, parameters);
    }

    private static Duration duration(Object value) {
        Matcher matcher = DURATION.matcher(String.valueOf(value));
        if (!matcher.matches()) {
            throw new FaultRefusedException("'" + value + "' is no duration; write 500ms, 5s or 2m");
        }
        double number = Double.parseDouble(matcher.group(1));
        double unit = "ms".equals(matcher.group(2)) ? 1 : "m".equals(matcher.group(2)) ? 60_000 : 1_000;
        return Duration.ofMillis(Math.round(number * unit));
    }
}
