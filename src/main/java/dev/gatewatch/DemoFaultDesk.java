package dev.gatewatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gatewatch.api.PublicBody;
import dev.gatewatch.gateway.GatewayCommands;
import dev.gatewatch.page.FaultDesk;
import dev.gatewatch.simulator.Faults;
import dev.gatewatch.simulator.Faults.Injected;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Orders faults of the demo's simulator, in this process; closed when there is none. */
@Singleton
final class DemoFaultDesk implements FaultDesk, PublicBody {

    private final GatewayCommands commands;

    DemoFaultDesk(GatewayCommands commands) {
        this.commands = commands;
    }

    @Override
    public boolean isOpen() {
        return DemoSimulator.running().isPresent();
    }

    @Override
    public boolean isTakenAt(String path) {
        return isOpen() && path.startsWith("/demo/");
    }

    @Override
    public CompletionStage<Void> restore() {
        healAll();
        return commands.start(new GatewayCommands.Order("demo", "Restored from the demo's panel"))
                .toFuture();
    }

    @Override
    public JsonNode faults() {
        return desk().json();
    }

    @Override
    public JsonNode inject(Map<String, Object> fault) {
        Map<String, Object> parameters = new LinkedHashMap<>(fault);
        Object name = parameters.remove("fault");
        parameters.values().removeIf(Objects::isNull);
        Injected injected = desk().inject(String.valueOf(name), parameters);
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", injected.id())
                .put("at", injected.at())
                .put("connections", injected.connections());
    }

    @Override
    public boolean heal(long id) {
        return desk().heal(id);
    }

    @Override
    public void healAll() {
        desk().healAll();
    }

    private static Faults desk() {
        return DemoSimulator.running()
                .orElseThrow(() -> new IllegalStateException("no demo runs in this process"))
                .faults();
    }
}
