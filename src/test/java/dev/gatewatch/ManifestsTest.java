package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What is applied to a cluster: valid, hardened, and with the probes the service really has. */
class ManifestsTest {

    private static final Path MONITORING = Path.of("k8s", "monitoring");
    private static final String VERSION = Version.current().replace("-SNAPSHOT", "");

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/demo", "overlays/postgres", "overlays/monitoring"})
    void holdsNoSecretAndNoUnpinnedImage(String directory) {
        Manifests manifests = Manifests.of(directory); // reads strictly; a Secret is no kind it knows

        assertThat(manifests.pods()).isNotEmpty().allSatisfy(pod -> assertThat(containers(pod))
                .allSatisfy(container -> assertThat(container.getImage()).isEqualTo("gatewatch:" + VERSION)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/demo", "overlays/postgres", "overlays/monitoring"})
    void meetsPodSecuritysRestrictedLevelWithAReadOnlyRoot(String directory) {
        assertThat(Manifests.of(directory).pods()).allSatisfy(pod -> {
            var security = pod.getSpec().getSecurityContext();
            assertThat(security.getRunAsNonRoot()).isTrue();
            assertThat(security.getRunAsUser()).isPositive();
            assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getSpec().getVolumes()).allMatch(ManifestsTest::isAllowed);
            assertThat(containers(pod)).allSatisfy(container -> {
                SecurityContext own = container.getSecurityContext();
                assertThat(own.getAllowPrivilegeEscalation()).isFalse();
                assertThat(own.getReadOnlyRootFilesystem()).isTrue();
                assertThat(own.getCapabilities().getDrop()).containsExactly("ALL");
                assertThat(own.getCapabilities().getAdd()).isNullOrEmpty();
                assertThat(container.getResources().getLimits()).containsOnlyKeys("memory");
                assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/demo", "overlays/postgres", "overlays/monitoring"})
    void outlivesOutagesAndRestartsWhatIsDead(String directory) {
        PodTemplateSpec pod = gatewatch(Manifests.of(directory));
        Container container = containers(pod).get(0);

        Probe startup = container.getStartupProbe();
        Probe liveness = container.getLivenessProbe();
        Probe readiness = container.getReadinessProbe();
        assertThat(path(startup)).isEqualTo("/q/health/started");
        assertThat(path(liveness)).isEqualTo("/q/health/live");
        assertThat(path(readiness)).isEqualTo("/q/health/ready");
        assertThat(startup.getPeriodSeconds() * startup.getFailureThreshold()).isGreaterThanOrEqualTo(120);
        assertThat(liveness.getFailureThreshold()).isGreaterThanOrEqualTo(3);
        assertThat(readiness.getFailureThreshold()).isEqualTo(1); // the grace is GATEWATCH_READINESS_GRACE
        assertThat(List.of(startup, liveness, readiness)).allSatisfy(probe -> {
            assertThat(probe.getTimeoutSeconds()).isGreaterThanOrEqualTo(2);
            assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
        });
        assertThat(container.getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getName()).isEqualTo("http");
            assertThat(port.getContainerPort()).hasToString(Setting.HTTP_PORT.defaultValue());
        });
        assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(20);
        assertThat(pod.getSpec().getEnableServiceLinks()).isFalse();
        assertThat(pod.getSpec().getTopologySpreadConstraints()).isNotEmpty();
    }

    @Test
    void keepsTheHistoryOnAClaimAndTheTokenInAFile() {
        Manifests base = Manifests.of("base");
        StatefulSet set = base.one(StatefulSet.class, "gatewatch");

        assertThat(set.getSpec().getReplicas()).isEqualTo(1);
        assertThat(set.getSpec().getVolumeClaimTemplates())
                .singleElement()
                .satisfies(claim -> assertThat(claim.getMetadata().getName()).isEqualTo("data"));
        assertThat(volume(set.getSpec().getTemplate(), "token").getSecret().getSecretName())
                .isEqualTo("gatewatch-discord");
        assertThat(base.all(ConfigMap.class)).singleElement().satisfies(config -> {
            assertThat(config.getData()).containsEntry("DISCORD_TOKEN_FILE", "/run/secrets/gatewatch/token");
            assertThat(config.getData().keySet()).isSubsetOf(Setting.variables());
        });
        assertThat(base.one(ServiceAccount.class, "gatewatch").getAutomountServiceAccountToken())
                .isFalse();
    }

    @Test
    void publishesTheStatusOfWhatIsNotReadyAndLetsANodeBeDrained() {
        Manifests base = Manifests.of("base");
        Service service = base.one(Service.class, "gatewatch");

        assertThat(service.getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(gatewatch(base).getMetadata().getLabels())
                .containsAllEntriesOf(service.getSpec().getSelector())
                .containsAllEntriesOf(base.one(PodDisruptionBudget.class, "gatewatch")
                        .getSpec()
                        .getSelector()
                        .getMatchLabels())
                .containsAllEntriesOf(base.one(NetworkPolicy.class, "gatewatch")
                        .getSpec()
                        .getPodSelector()
                        .getMatchLabels());
        assertThat(base.one(PodDisruptionBudget.class, "gatewatch")
                        .getSpec()
                        .getMaxUnavailable()
                        .getIntVal())
                .isEqualTo(1);
    }

    @Test
    void playsTheDemoAgainstASimulatorThatNeedsNoSecret() {
        Manifests demo = Manifests.of("overlays/demo");
        Container simulator = containers(
                        demo.one(Deployment.class, "simulator").getSpec().getTemplate())
                .get(0);

        assertThat(simulator.getArgs()).containsExactly("simulate", "--host=0.0.0.0");
        assertThat(volume(gatewatch(demo), "token").getConfigMap().getName()).startsWith("simulated-token");
        assertThat(config(demo).getData())
                .containsEntry(
                        "DISCORD_API_BASE_URL",
                        "http://simulator:" + simulator.getPorts().get(0).getContainerPort() + "/api/v10");
    }

    @Test
    void replacesTheStatefulSetWhereTheHistoryIsInPostgres() {
        Manifests postgres = Manifests.of("overlays/postgres");
        Deployment deployment = postgres.one(Deployment.class, "gatewatch");

        assertThat(postgres.all(StatefulSet.class)).isEmpty();
        assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
        assertThat(volume(deployment.getSpec().getTemplate(), "data")
                        .getPersistentVolumeClaim()
                        .getClaimName())
                .isEqualTo(postgres.all(PersistentVolumeClaim.class)
                        .get(0)
                        .getMetadata()
                        .getName());
        assertThat(containers(deployment.getSpec().getTemplate()).get(0).getEnv())
                .singleElement()
                .satisfies(variable -> {
                    assertThat(variable.getName()).isEqualTo(Setting.DATABASE_URL.variable());
                    assertThat(variable.getValueFrom().getSecretKeyRef().getName())
                            .isEqualTo("gatewatch-database");
                });
    }

    @Test
    void letsThePrometheusOperatorScrapeAndAlertAndGrafanaShow() throws Exception {
        Manifests monitoring = Manifests.of("overlays/monitoring");
        Object rules = new Yaml()
                .loadAs(Files.readString(MONITORING.resolve("gatewatch.rules.yaml")), Map.class)
                .get("groups");
        Map<?, ?> rule = new Yaml().loadAs(Files.readString(MONITORING.resolve("prometheusrule.yaml")), Map.class);
        ServiceMonitor monitor = monitoring.one(ServiceMonitor.class, "gatewatch");
        Service service = monitoring.one(Service.class, "gatewatch");
        ConfigMap dashboard = monitoring.all(ConfigMap.class).stream()
                .filter(config -> "1".equals(config.getMetadata().getLabels().get("grafana_dashboard")))
                .findFirst()
                .orElseThrow();

        assertThat(monitoring.all(PrometheusRule.class)).hasSize(1);
        assertThat(((Map<?, ?>) rule.get("spec")).get("groups"))
                .as("prometheusrule.yaml holds gatewatch.rules.yaml's groups under spec, word for word")
                .isEqualTo(rules);
        assertThat(service.getMetadata().getLabels())
                .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels());
        assertThat(monitor.getSpec().getEndpoints()).singleElement().satisfies(endpoint -> {
            assertThat(endpoint.getPath()).isEqualTo("/q/metrics");
            assertThat(service.getSpec().getPorts().get(0).getName()).isEqualTo(endpoint.getPort());
        });
        assertThat(dashboard.getData().get("gatewatch.json"))
                .isEqualTo(Files.readString(MONITORING.resolve("dashboard.json")));
    }

    @Test
    void refusesAFieldThatKubernetesDoesNotHave() {
        assertThatThrownBy(() -> Manifests.of(Path.of("..", "src", "test", "resources", "misspelt-manifest")
                        .toString()))
                .hasMessageContaining("readynessProbe");
    }

    private static PodTemplateSpec gatewatch(Manifests manifests) {
        return manifests.pods().stream()
                .filter(pod -> "gatewatch".equals(pod.getMetadata().getLabels().get("app.kubernetes.io/name")))
                .findFirst()
                .orElseThrow();
    }

    private static ConfigMap config(Manifests manifests) {
        return manifests.all(ConfigMap.class).stream()
                .filter(config -> config.getMetadata().getName().startsWith("gatewatch"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Container> containers(PodTemplateSpec pod) {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .toList();
    }

    private static Volume volume(PodTemplateSpec pod, String name) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The kinds of volume that the restricted level allows, as far as we use them. */
    private static boolean isAllowed(Volume volume) {
        return volume.getConfigMap() != null
                || volume.getSecret() != null
                || volume.getEmptyDir() != null
                || volume.getPersistentVolumeClaim() != null;
    }

    private static String path(Probe probe) {
        return probe.getHttpGet().getPath();
    }
}
