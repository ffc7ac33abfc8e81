package dev.gatewatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatewatch.Promtool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Dashboard and alert rules are well-formed, complete and documented; {@link MetricsTest} compares them with a real scrape. */
class MonitoringTest {

    private static final Path RULES_TEST =
            Path.of("src", "test", "resources", "monitoring", "gatewatch.rules.test.yaml");
    private static final String RUNBOOK = "https://github.com/gatewatch/gatewatch/blob/main/README.md#";

    @TempDir
    private Path directory;

    @Test
    void promtoolAcceptsTheRules() throws Exception {
        Promtool.isInstalled();

        Promtool.Outcome outcome = Promtool.run("", "check", "rules", Monitoring.RULES.toString());

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("SUCCESS: " + Monitoring.rules().size() + " rules found");
    }

    @Test
    void theRulesFireWhenTheyShouldAndOnlyThen() throws Exception {
        Promtool.isInstalled();

        Promtool.Outcome outcome = Promtool.run("", "test", "rules", RULES_TEST.toString());

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("SUCCESS");
    }

    @Test
    void everyRuleIsTested() {
        String test = Monitoring.read(RULES_TEST);

        assertThat(Monitoring.rules())
                .allSatisfy(rule -> assertThat(test).contains("alertname: " + rule.get("alert") + "\n"));
    }

    @Test
    void everyRuleHasItsPatienceItsSeverityAndItsPartOfTheRunbook() {
        Set<String> anchors = Monitoring.read(Path.of("README.md"))
                .lines()
                .filter(line -> line.matches("#+ .*"))
                .map(heading -> heading.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9_ -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());

        assertThat(Monitoring.rules()).hasSizeGreaterThan(10).allSatisfy(rule -> {
            Map<?, ?> annotations = (Map<?, ?>) rule.get("annotations");
            assertThat(rule.get("for").toString()).matches("[0-9]+[smh]");
            assertThat(((Map<?, ?>) rule.get("labels")).get("severity")).isIn("critical", "warning");
            assertThat(annotations.get("summary").toString()).isNotBlank();
            assertThat(annotations.get("description").toString()).isNotBlank();
            assertThat(annotations.get("runbook_url").toString()).startsWith(RUNBOOK);
            assertThat(anchors)
                    .contains(annotations.get("runbook_url").toString().substring(RUNBOOK.length()));
        });
    }

    @Test
    void promtoolUnderstandsEveryExpressionOfTheDashboard() throws Exception {
        Promtool.isInstalled();
        List<Map<String, String>> recorded = Monitoring.expressions().stream()
                .map(expression -> Map.of("record", "a", "expr", expression))
                .toList();
        Path file = directory.resolve("dashboard.yaml");
        Files.writeString(file, yaml().dump(Map.of("groups", List.of(Map.of("name", "dashboard", "rules", recorded)))));

        Promtool.Outcome outcome = Promtool.run("", "check", "rules", "--lint=none", file.toString());

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("SUCCESS: " + recorded.size() + " rules found");
    }

    @Test
    void theDashboardWorksWithAnyDatasourceAndHasAnIdForEachPanel() {
        List<JsonNode> panels = Monitoring.panels();

        assertThat(panels).hasSizeGreaterThan(20).allSatisfy(panel -> {
            assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("targets")).isNotEmpty().allSatisfy(target -> assertThat(
                            target.path("datasource").path("uid").asText())
                    .isEqualTo("${datasource}"));
        });
        assertThat(panels.stream().map(panel -> panel.path("id").asInt())).doesNotHaveDuplicates();
        assertThat(Monitoring.dashboard()
                        .path("templating")
                        .path("list")
                        .get(0)
                        .path("type")
                        .asText())
                .isEqualTo("datasource");
    }

    @Test
    void findsTheMetricsOfAnExpression() {
        assertThat(
                        Monitoring.metrics(
                                "histogram_quantile(0.5, sum by (le, a) (rate(x_bucket{b=\"c_total\"}[5m]))) > 1 and on (d) time() - y == 1"))
                .containsExactly("x_bucket", "y");
    }

    private static Yaml yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(options);
    }
}
