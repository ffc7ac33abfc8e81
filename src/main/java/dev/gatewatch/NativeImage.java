package dev.gatewatch;

import dev.gatewatch.api.PipelineLimit;
import dev.gatewatch.simulator.Faults;
import dev.gatewatch.simulator.Journal;
import dev.gatewatch.simulator.Violation;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a native executable must be told, since it keeps only what its build can see: here for libraries and for rooms without a
 * framework; our other rooms register their records themselves.
 *
 * <p>The rest is elsewhere: picocli's annotation processor registers commands and options; {@code application.properties} names
 * resources and what is initialised at run time. On the JVM all of this is without effect.
 */
final class NativeImage {

    private NativeImage() {}

    /** What Discord4J hands to Jackson by name or by annotation, or finds by reflection, outside of its indexed classes. */
    @RegisterForReflection(
            classNames = {
                "com.fasterxml.jackson.databind.ser.std.ClassSerializer", // named in an annotation of discord-json
                "discord4j.discordjson.json.gateway.HeartbeatConverter", // converts op 1, which is a bare number
                "discord4j.discordjson.json.gateway.OpcodeConverter", // the number of every payload
                "discord4j.discordjson.possible.PossibleFilter", // leaves absent fields out of request bodies
                "discord4j.rest.json.response.ErrorResponse", // the body of a 4xx
                "com.github.benmanes.caffeine.cache.PW", // caches of the REST client's rate limit buckets, made by name
                "com.github.benmanes.caffeine.cache.SI"
            })
    static final class Discord4J {
        private Discord4J() {}
    }

    /** What Netty loads as a service: Quarkus keeps no services but those that it knows. */
    @RegisterForReflection(targets = PipelineLimit.class, fields = false)
    static final class Services {
        private Services() {}
    }

    /**
     * What Agroal makes by reflection. Quarkus registers it for datasources it knows of, and the history makes its pool itself.
     */
    @RegisterForReflection(
            classNames = {
                "io.agroal.pool.DataSource", // named in Agroal's API
                "org.sqlite.JDBC", // drivers, made by their class
                "org.postgresql.Driver",
                "io.agroal.pool.ConnectionHandler", // elements of arrays that are made of a class
                "[Lio.agroal.pool.ConnectionHandler;",
                "java.sql.Statement",
                "[Ljava.sql.Statement;",
                "java.sql.ResultSet",
                "[Ljava.sql.ResultSet;"
            },
            methods = false,
            fields = false)
    static final class Pools {
        private Pools() {}
    }

    /**
     * What {@link Sigterm} reaches by reflection. That it makes a proxy of the second is in {@code
     * META-INF/native-image/dev.gatewatch/gatewatch/reachability-metadata.json}: an annotation would have to name the class.
     */
    @RegisterForReflection(
            classNames = {"sun.misc.Signal", "sun.misc.SignalHandler"},
            fields = false)
    static final class Signals {
        private Signals() {}
    }

    /** What the simulator's control API shows through Jackson. */
    @RegisterForReflection(targets = {Violation.class, Journal.Entry.class, Faults.Injected.class})
    static final class SimulatorViews {
        private SimulatorViews() {}
    }
}
