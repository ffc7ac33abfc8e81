package dev.gatewatch.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nothing listens; connections that are open already serve the control API only, so that healing stays possible. */
final class RefuseFault implements Fault {

    @Override
    public void start(Gateway gateway, ActiveFault self) {
        gateway.listener().refuse();
        List.copyOf(gateway.connections()).forEach(GatewayConnection::reset);
    }

    /** A connection that was open before must not be a way in, either. */
    @Override
    public @Nullable Reply answer(HttpCall call, ActiveFault self) {
        return Reply.notSent(Reply.Sent.RESET);
    }

    @Override
    public void heal(Gateway gateway, ActiveFault self) {
        boolean another = gateway.faults().all().stream().anyMatch(fault -> fault.fault() instanceof RefuseFault);
        if (!another) {
            gateway.listener().resume();
        }
    }
}
