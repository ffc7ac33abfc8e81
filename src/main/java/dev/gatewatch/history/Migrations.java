package dev.gatewatch.history;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database's schema up to date with Flyway.
 *
 * <p>The migrations are listed here rather than found by a scan of the class path, so that they are there in every kind of
 * packaging.
 */
final class Migrations {

    /** Every migration; each dialect has all of them. */
    static final List<String> FILES =
            List.of("V1__history.sql", "V2__alerts.sql", "V3__event_by_id.sql", "V4__absence.sql", "V5__run.sql");

    private Migrations() {}

    /**
     * Applies what is missing.
     *
     * @param name the database's name for messages, without a password
     * @throws NewerSchemaException when the schema is of a version that this program does not know
     * @throws HistoryUnavailableException when it cannot be done
     */
    static void apply(DataSource source, Dialect dialect, String name) {
        try {
            Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(source)
                    .resourceProvider(new Packaged(dialect))
                    .table("gatewatch_schema")
                    .baselineOnMigrate(false)
                    .connectRetries(0)
                    .load();
            refuseNewer(flyway, name);
            flyway.migrate();
        } catch (FlywayException e) {
            throw new HistoryUnavailableException("The schema of " + name + " could not be brought up to date", e);
        }
    }

    private static void refuseNewer(Flyway flyway, String name) {
        MigrationVersion newest = MigrationVersion.fromVersion(version(FILES.get(FILES.size() - 1)));
        MigrationInfo current = flyway.info().current();
        MigrationVersion found = current == null ? null : current.getVersion();
        if (found != null && found.compareTo(newest) > 0) {
            throw new NewerSchemaException(name, found.getVersion(), newest.getVersion());
        }
    }

    private static String version(String file) {
        return file.substring(1, file.indexOf("__"));
    }

    /** The migrations of one dialect. */
    private record Packaged(Dialect dialect) implements ResourceProvider {

        @Override
        public @Nullable LoadableResource getResource(String name) {
            return FILES.contains(name) ? packed(name) : null; // Flyway also asks for a .conf beside each
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return FILES.stream()
                    .filter(file ->
                            file.startsWith(prefix) && Arrays.stream(suffixes).anyMatch(file::endsWith))
                    .map(this::packed)
                    .toList();
        }

        private LoadableResource packed(String file) {
            return new Packed("db/" + dialect.folder() + "/" + file, file);
        }
    }

    /** One migration. */
    private static final class Packed extends LoadableResource {

        private final String path;
        private final String file;

        Packed(String path, String file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public Reader read() {
            InputStream stream = Migrations.class.getClassLoader().getResourceAsStream(path);
            return new InputStreamReader(Objects.requireNonNull(stream, path), StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return path;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return path;
        }

        @Override
        public String getFilename() {
            return file;
        }

        @Override
        public String getRelativePath() {
            return file;
        }
    }
}
