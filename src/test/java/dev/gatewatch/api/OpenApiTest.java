package dev.gatewatch.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The served OpenAPI document, read as its users' tools do, and compared with what is served. */
@QuarkusTest
@TestProfile(OpenApiTest.Settings.class)
class OpenApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private String text;

    @BeforeEach
    void read() {
        text = RestAssured.given()
                .accept("application/json")
                .get("/q/openapi?format=json")
                .asString();
    }

    @Test
    void isValid() {
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(text, null, null);

        assertThat(result.getMessages()).isEmpty();
        OpenAPI document = result.getOpenAPI();
        assertThat(document.getOpenapi()).startsWith("3.1");
        assertThat(document.getPaths().values().stream()
                        .flatMap(path -> path.readOperations().stream())
                        .map(operation -> operation.getOperationId()))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(20);
    }

    @Test
    void namesExactlyWhatIsServed() throws Exception {
        Set<String> served = new TreeSet<>(resources());
        served.add("get " + StreamRoute.PATH);
        Set<String> documented = new TreeSet<>();
        document().get("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> {
                    if (METHODS.contains(method) && !path.getKey().startsWith("/q/")) {
                        documented.add(method + " " + path.getKey());
                    }
                }));

        assertThat(documented).isEqualTo(served);
    }

    @Test
    void promisesNothingThatIsNotThere() throws Exception {
        for (Map.Entry<String, JsonNode> path : fields(document().get("paths"))) {
            for (Map.Entry<String, JsonNode> method : fields(path.getValue())) {
                if (path.getKey().contains("{")
                        || path.getKey().endsWith("/stream")
                        || !METHODS.contains(method.getKey())) {
                    continue;
                }
                Response answer = given().contentType("application/json")
                        .body("{}")
                        .header("Authorization", "Bearer admin")
                        .request(method.getKey().toUpperCase(Locale.ROOT), path.getKey());

                assertThat(fields(method.getValue().get("responses")).stream().map(Map.Entry::getKey))
                        .as("%s %s", method.getKey(), path.getKey())
                        .contains(Integer.toString(answer.statusCode()));
            }
        }
    }

    @Test
    void describesEveryFieldOfEveryAnswer() throws Exception {
        JsonNode document = document();
        for (Map.Entry<String, JsonNode> path : fields(document.get("paths"))) {
            JsonNode get = path.getValue().path("get");
            if (get.isMissingNode() || path.getKey().contains("{")) {
                continue;
            }
            Response answer = path.getKey().endsWith("/stream") ? null : given().get(path.getKey());
            if (answer == null || !answer.contentType().startsWith("application/json")) {
                continue;
            }
            JsonNode schema = get.at("/responses/" + answer.statusCode() + "/content/application~1json/schema");
            assertThat(problems(document, schema, JSON.readTree(answer.asString()), path.getKey()))
                    .isEmpty();
        }
    }

    @Test
    void itsExamplesFollowItsSchemas() throws Exception {
        JsonNode document = document();
        int examples = 0;
        for (JsonNode content : document.findValues("application/json")) {
            if (content.has("example")) {
                examples++;
                assertThat(problems(document, content.get("schema"), content.get("example"), content.toString()))
                        .isEmpty();
            }
        }
        assertThat(examples).isGreaterThan(25);
    }

    /** What in a value is not as its schema says; as much of JSON Schema as the document uses. */
    private static List<String> problems(JsonNode document, JsonNode schema, JsonNode value, String where) {
        List<String> problems = new ArrayList<>();
        if (schema.has("$ref")) {
            return problems(document, document.at(schema.get("$ref").asText().substring(1)), value, where);
        }
        if (schema.has("oneOf")) {
            return value.isNull()
                    ? problems
                    : problems(document, schema.get("oneOf").get(0), value, where);
        }
        String types = schema.path("type").toString();
        String actual =
                switch (value.getNodeType()) {
                    case OBJECT -> "object";
                    case ARRAY -> "array";
                    case STRING -> "string";
                    case BOOLEAN -> "boolean";
                    case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
                    default -> "null";
                };
        boolean typed = types.isEmpty()
                || types.contains('"' + actual + '"')
                || (actual.equals("integer") && types.contains("\"number\""));
        if (!typed) {
            problems.add(where + " is " + actual + ", not " + types);
        }
        if (schema.has("enum")
                && value.isTextual()
                && !schema.get("enum").toString().contains('"' + value.asText() + '"')) {
            problems.add(where + " is " + value + ", not one of " + schema.get("enum"));
        }
        if (schema.has("properties") && value.isObject()) {
            schema.path("required").forEach(name -> {
                if (!value.has(name.asText())) {
                    problems.add(where + " has no " + name);
                }
            });
            fields(value).forEach(field -> {
                JsonNode property = schema.get("properties").get(field.getKey());
                if (property == null) {
                    problems.add(where + "." + field.getKey() + " is not described");
                } else {
                    problems.addAll(problems(document, property, field.getValue(), where + "." + field.getKey()));
                }
            });
        } else if (schema.has("additionalProperties") && value.isObject()) {
            fields(value)
                    .forEach(field -> problems.addAll(problems(
                            document,
                            schema.get("additionalProperties"),
                            field.getValue(),
                            where + "." + field.getKey())));
        }
        if (schema.has("items") && value.isArray()) {
            value.forEach(item -> problems.addAll(problems(document, schema.get("items"), item, where + "[]")));
        }
        return problems;
    }

    private JsonNode document() throws IOException {
        return JSON.readTree(text);
    }

    private static List<Map.Entry<String, JsonNode>> fields(JsonNode node) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>();
        fields.addAll(node.properties());
        return fields;
    }

    /** Every method and path of the REST resources, from their annotations. */
    private static Set<String> resources() {
        Set<String> found = new TreeSet<>();
        for (JavaClass resource : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPath(java.nio.file.Path.of("target", "classes"))) {
            if (!resource.isAnnotatedWith(Path.class)) {
                continue;
            }
            String root = resource.getAnnotationOfType(Path.class).value();
            for (JavaMethod method : resource.getMethods()) {
                method.getAnnotations().stream()
                        .map(annotation ->
                                annotation.getRawType().getSimpleName().toLowerCase(Locale.ROOT))
                        .filter(METHODS::contains)
                        .forEach(name -> found.add(name
                                + " "
                                + path(
                                        root,
                                        method.tryGetAnnotationOfType(Path.class)
                                                .map(Path::value)
                                                .orElse(""))));
            }
        }
        return found;
    }

    private static String path(String root, String rest) {
        String path = Stream.of((root + "/" + rest).split("/"))
                .filter(part -> !part.isEmpty())
                .reduce("", (before, part) -> before + "/" + part);
        return path.isEmpty() ? "/" : path;
    }

    /** With a history, and a token. */
    public static final class Settings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                return Map.of(
                        "gatewatch.history-enabled", "true",
                        "gatewatch.admin-token", "admin",
                        "gatewatch.data-dir",
                                Files.createTempDirectory("openapi").toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
