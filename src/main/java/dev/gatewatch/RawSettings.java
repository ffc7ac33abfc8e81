package dev.gatewatch;

import dev.gatewatch.gateway.SecretFile;
import io.quarkus.runtime.configuration.QuarkusConfigBuilderCustomizer;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesLocationConfigSourceFactory;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was set, as written, before anything reads a meaning into it.
 *
 * @param values the settings that are set, also by a file; a blank value counts as not set
 * @param files the files that were named for secrets, by setting
 * @param blank the settings that are set to nothing or to white space
 * @param variables the names of all environment variables, ours and others'
 */
record RawSettings(
        Map<Setting, String> values, Map<Setting, NamedFile> files, Set<Setting> blank, Set<String> variables) {

    /**
     * A file that should hold a secret.
     *
     * @param path as it was written
     * @param isBesideValue whether the setting has a value of its own, too
     * @param trouble why the file cannot be used; null when it can
     */
    record NamedFile(
            String path, boolean isBesideValue, @Nullable String trouble) {}

    /**
     * Reads the sources Quarkus reads (system properties, environment, .env, application.properties, {@code quarkus.config.locations}), without
     * starting it. They are named rather than found: there are no others on the class path, and looking for them took a third of the time.
     */
    static RawSettings read() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .forClassLoader(Thread.currentThread().getContextClassLoader())
                .withCustomizers(new QuarkusConfigBuilderCustomizer())
                .addDefaultInterceptors()
                .addDefaultSources()
                .withSources(new PropertiesLocationConfigSourceFactory())
                .build();
        Set<String> variables = new TreeSet<>();
        config.getConfigSources(EnvConfigSource.class).forEach(source -> variables.addAll(source.getPropertyNames()));
        return of(property -> Optional.ofNullable(valueOf(config, property)), variables);
    }

    /** Reads environment variables only. */
    static RawSettings ofVariables(Map<String, String> variables) {
        Map<String, String> properties = new HashMap<>();
        for (Setting setting : Setting.values()) {
            properties.put(setting.property(), variables.get(setting.variable()));
            if (setting.canBeInFile()) {
                properties.put(setting.fileProperty(), variables.get(setting.fileVariable()));
            }
        }
        return of(property -> Optional.ofNullable(properties.get(property)), variables.keySet());
    }

    private static RawSettings of(Function<String, Optional<String>> lookup, Set<String> variables) {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        Set<Setting> blank = EnumSet.noneOf(Setting.class);
        for (Setting setting : Setting.values()) {
            lookup.apply(setting.property()).ifPresent(value -> {
                if (value.isBlank()) {
                    blank.add(setting);
                } else {
                    values.put(setting, value);
                }
            });
        }
        return new RawSettings(values, readFiles(lookup, values), blank, variables);
    }

    /** Adds to the values what the named files hold. */
    private static Map<Setting, NamedFile> readFiles(
            Function<String, Optional<String>> lookup, Map<Setting, String> values) {
        Map<Setting, NamedFile> files = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            Optional<String> path = setting.canBeInFile() ? lookup.apply(setting.fileProperty()) : Optional.empty();
            path.map(String::strip).filter(text -> !text.isEmpty()).ifPresent(text -> {
                boolean isBesideValue = values.containsKey(setting);
                String trouble = null;
                try {
                    String content = SecretFile.read(Path.of(text), "the value of " + setting.variable())
                            .strip();
                    values.put(setting, content);
                    if (setting != Setting.ALERT_TARGETS && content.lines().count() > 1) {
                        trouble = "a file that holds the value of " + setting.variable()
                                + " in one line; this one has more";
                    }
                } catch (IllegalArgumentException e) {
                    trouble = e instanceof InvalidPathException ? "the path of a file" : e.getMessage();
                }
                files.put(setting, new NamedFile(text, isBesideValue, trouble));
            });
        }
        return files;
    }

    /** These settings without some of them. */
    RawSettings without(Setting... removed) {
        Map<Setting, String> rest = new EnumMap<>(Setting.class);
        rest.putAll(values);
        Map<Setting, NamedFile> named = new EnumMap<>(Setting.class);
        named.putAll(files);
        for (Setting setting : removed) {
            rest.remove(setting);
            named.remove(setting);
        }
        return new RawSettings(rest, named, blank, variables);
    }

    /** One of these settings alone, and no variables to wonder about. */
    RawSettings only(Setting setting) {
        Map<Setting, String> one = new EnumMap<>(Setting.class);
        if (has(setting)) {
            one.put(setting, valueOrDefault(setting));
        }
        return new RawSettings(one, Map.of(), Set.of(), Set.of());
    }

    /** Whether a setting has a value. */
    boolean has(Setting setting) {
        return values.containsKey(setting);
    }

    /** A value, or its default; "" when there is neither. */
    String valueOrDefault(Setting setting) {
        return values.getOrDefault(setting, setting.defaultValue());
    }

    private static @Nullable String valueOf(SmallRyeConfig config, String property) {
        try {
            return config.getConfigValue(property).getValue();
        } catch (NoSuchElementException e) {
            return "${…} that cannot be resolved";
        }
    }

    /** Never the values: one of them is the token. */
    @Override
    public String toString() {
        return "RawSettings" + values.keySet();
    }
}
