package dev.gatewatch.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The files under {@code k8s/monitoring}. */
final class Monitoring {

    static final Path RULES = Path.of("k8s", "monitoring", "gatewatch.rules.yaml");
    static final Path DASHBOARD = Path.of("k8s", "monitoring", "dashboard.json");

    /** What is neither the name of a metric nor that of a function: labels come only within braces and after by, on and without. */
    private static final Pattern NO_NAMES = Pattern.compile(
            "\"[^\"]*\"|\\{[^}]*}|\\[[^\\]]*]|\\b(?:by|on|without|ignoring|group_left|group_right)\\s*\\([^)]*\\)");

    private static final Pattern NAME = Pattern.compile("(?<![\\w:])[a-zA-Z_:][\\w:]*(?!\\w)(?!\\s*\\()");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan", "by");

    private Monitoring() {}

    /** All metrics that rules and dashboard name. */
    static Set<String> metrics() {
        Set<String> names = new TreeSet<>();
        Stream.concat(rules().stream().map(rule -> rule.get("expr").toString()), expressions().stream())
                .forEach(expression -> names.addAll(metrics(expression)));
        return names;
    }

    static Set<String> metrics(String expression) {
        Set<String> names = new TreeSet<>();
        NAME.matcher(NO_NAMES.matcher(expression).replaceAll(" "))
                .results()
                .map(name -> name.group())
                .filter(name -> !WORDS.contains(name))
                .forEach(names::add);
        return names;
    }

    /** The alert rules. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> rules() {
        Map<String, List<Map<String, Object>>> file = new Yaml().load(read(RULES));
        return file.get("groups").stream()
                .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
                .toList();
    }

    /** The dashboard's panels, rows left out. */
    static List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        dashboard().path("panels").forEach(panel -> {
            if (!panel.path("type").asText().equals("row")) {
                panels.add(panel);
            }
        });
        return panels;
    }

    static JsonNode dashboard() {
        try {
            return new ObjectMapper().readTree(read(DASHBOARD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All expressions of the dashboard, with its variables filled in. */
    static List<String> expressions() {
        List<String> expressions = new ArrayList<>();
        panels().forEach(panel -> panel.path("targets")
                .forEach(target -> expressions.add(target.path("expr")
                        .asText()
                        .replace("$__rate_interval", "5m")
                        .replace("$__range", "6h")
                        .replace("$instance", ".*")
                        .replace("$shard", ".*"))));
        return expressions;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
