package dev.gatewatch.simulator;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Nobody gets in any more; connections that are open already serve the control API only, so that healing stays possible.
 *
 * @param shut shuts the door: who connects is refused, or gets no answer
 */
record ShutFault(Consumer<Listener> shut) implements Fault {

    @Override
    public void start(Gateway gateway, ActiveFault self) {
        shut.accept(gateway.listener());
        List.copyOf(gateway.connections()).forEach(GatewayConnection::reset);
    }

    /** A connection that was open before must not be a way in, either. */
    @Override
    public @Nullable Reply answer(HttpCall call, ActiveFault self) {
        return Reply.notSent(Reply.Sent.RESET);
    }

    @Override
    public void heal(Gateway gateway, ActiveFault self) {
        boolean another = gateway.faults().all().stream().anyMatch(fault -> fault.fault() instanceof ShutFault);
        if (!another) {
            gateway.listener().resume();
        }
    }
}
