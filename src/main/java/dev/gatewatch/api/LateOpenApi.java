package dev.gatewatch.api;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.smallrye.openapi.OpenApiFilter.RunStage;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Has the OpenAPI document made when it is first asked for, and not at every start, of which that is an eighth.
 *
 * <p>Its extension is given a class loader that finds no document when the service starts, and does its work again, with the real one, at the first
 * request. In dev mode and in tests all is as the extension has it. Filters of the document, {@code OASFilter}, are not called; there are none.
 */
@Singleton
public final class LateOpenApi {

    private static final String PATH = "/q/openapi";

    private boolean made;

    /** To be called before the service is started. */
    public static void delay() {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            OpenApiConstants.classLoader = new NothingThere();
        }
    }

    void register(@Observes Filters filters) {
        if (OpenApiConstants.classLoader instanceof NothingThere) {
            filters.register(this::answer, SecurityHeaders.FIRST - 40);
        }
    }

    private void answer(RoutingContext context) {
        if (!context.normalizedPath().startsWith(PATH)) {
            context.next();
            return;
        }
        context.vertx()
                .executeBlocking(this::make)
                .onSuccess(done -> context.next())
                .onFailure(context::fail);
    }

    private synchronized Boolean make() {
        if (!made) {
            OpenApiConstants.classLoader = LateOpenApi.class.getClassLoader();
            new OpenApiRecorder(new RuntimeValue<>(), new RuntimeValue<>())
                    .prepareDocument(
                            null,
                            Arrays.stream(RunStage.values())
                                    .collect(Collectors.toMap(Function.identity(), stage -> List.of())),
                            OpenApiConstants.DEFAULT_DOCUMENT_NAME);
            made = true;
        }
        return made;
    }

    private static final class NothingThere extends ClassLoader {

        NothingThere() {
            super(null);
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            return null;
        }
    }
}
