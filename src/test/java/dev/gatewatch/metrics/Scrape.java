package dev.gatewatch.metrics;

import static io.restassured.RestAssured.given;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus would read from {@code /q/metrics} now. */
final class Scrape {

    private static final Pattern SAMPLE =
            Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? ([-+0-9.eEInfNa]+)$");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) (\\S+)$");

    private final String text;
    private final List<Sample> samples;
    private final Map<String, String> types = new TreeMap<>();

    private Scrape(String text) {
        this.text = text;
        samples = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Scrape::sample)
                .toList();
        text.lines()
                .map(TYPE::matcher)
                .filter(Matcher::matches)
                .forEach(type -> types.put(type.group(1), type.group(2)));
    }

    static Scrape now() {
        return new Scrape(given().accept("text/plain")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    String text() {
        return text;
    }

    /** The families, by name, with their types. */
    Map<String, String> types() {
        return types;
    }

    /** The names of all series. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        samples.forEach(sample -> names.add(sample.name));
        return names;
    }

    List<Sample> samples(String name) {
        return samples.stream().filter(sample -> sample.name.equals(name)).toList();
    }

    /** The sum of all series of this name with these labels; NaN when there is none. */
    double value(String name, String... labels) {
        List<Sample> matching =
                samples(name).stream().filter(sample -> sample.has(labels)).toList();
        return matching.isEmpty()
                ? Double.NaN
                : matching.stream().mapToDouble(Sample::value).sum();
    }

    private static Sample sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("not a sample: " + line);
        }
        Map<String, String> labels = new TreeMap<>();
        if (matcher.group(2) != null) {
            LABEL.matcher(matcher.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        String value = matcher.group(3).replace("+Inf", "Infinity").replace("-Inf", "-Infinity");
        return new Sample(matcher.group(1), labels, Double.parseDouble(value));
    }

    record Sample(String name, Map<String, String> labels, double value) {

        private boolean has(String... wanted) {
            for (int i = 0; i < wanted.length; i += 2) {
                if (!wanted[i + 1].equals(labels.get(wanted[i]))) {
                    return false;
                }
            }
            return true;
        }
    }
}
