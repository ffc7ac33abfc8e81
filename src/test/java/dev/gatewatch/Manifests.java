package dev.gatewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.yaml.snakeyaml.Yaml;

/**
 * What {@code kubectl kustomize} makes of a directory under {@code k8s}, as objects of Kubernetes' API.
 *
 * <p>Reading is strict: a field that the API does not have is an error, where Kubernetes' own clients may drop it in silence.
 */
record Manifests(List<HasMetadata> all) {

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Stream.of(
                    ConfigMap.class,
                    Deployment.class,
                    NetworkPolicy.class,
                    PersistentVolumeClaim.class,
                    PodDisruptionBudget.class,
                    PrometheusRule.class,
                    Service.class,
                    ServiceAccount.class,
                    ServiceMonitor.class,
                    StatefulSet.class)
            .collect(Collectors.toMap(Manifests::key, Function.identity()));

    private static final JsonMapper STRICT = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false; // fabric8's catch unknown fields
                }
            })
            .build();

    /** Builds one; without kubectl the test is skipped, but not in continuous integration. */
    static Manifests of(String directory) {
        String yaml = kustomize(Path.of("k8s", directory));
        List<HasMetadata> all = new ArrayList<>();
        for (Object document : new Yaml().loadAll(yaml)) {
            all.add(read((Map<?, ?>) document));
        }
        return new Manifests(List.copyOf(all));
    }

    /** All of a class. */
    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The only one of a class and a name. */
    <T extends HasMetadata> T one(Class<T> kind, String name) {
        List<T> found = all(kind).stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .toList();
        assertThat(found).as("%s %s", kind.getSimpleName(), name).hasSize(1);
        return found.get(0);
    }

    /** The pods of all Deployments and StatefulSets. */
    List<PodTemplateSpec> pods() {
        return Stream.concat(
                        all(StatefulSet.class).stream().map(set -> set.getSpec().getTemplate()),
                        all(Deployment.class).stream()
                                .map(deployment -> deployment.getSpec().getTemplate()))
                .toList();
    }

    private static HasMetadata read(Map<?, ?> document) {
        String key = document.get("apiVersion") + "/" + document.get("kind");
        assertThat(KINDS).as("known kinds").containsKey(key);
        return STRICT.convertValue(document, KINDS.get(key));
    }

    private static String key(Class<? extends HasMetadata> kind) {
        return HasMetadata.getApiVersion(kind) + "/" + HasMetadata.getKind(kind);
    }

    private static String kustomize(Path directory) {
        try {
            Path out = Files.createTempFile("kustomize", ".yaml");
            Path err = Files.createTempFile("kustomize", ".err");
            Process process;
            try {
                process = new ProcessBuilder("kubectl", "kustomize", directory.toString())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
            } catch (IOException e) {
                Assumptions.assumeTrue(
                        System.getenv("CI") != null,
                        "kubectl is not installed: the manifests under k8s are not checked");
                throw new AssertionError("kubectl is not installed", e);
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("kubectl kustomize %s ends", directory)
                    .isTrue();
            assertThat(process.exitValue())
                    .as("kubectl kustomize %s: %s", directory, Files.readString(err))
                    .isZero();
            return Files.readString(out);
        } catch (IOException e) {
            throw new AssertionError("kubectl kustomize " + directory, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
