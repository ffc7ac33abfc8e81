package dev.gatewatch.simulator;

import java.util.List;

/** Nothing listens; connections that are not the gateway's live on, so that healing stays possible. */
final class RefuseFault implements Fault {

    @Override
    public void start(Gateway gateway, ActiveFault self) {
        gateway.listener().refuse();
        List.copyOf(gateway.connections()).forEach(GatewayConnection::reset);
    }

    @Override
    public void heal(Gateway gateway, ActiveFault self) {
        boolean another = gateway.faults().all().stream().anyMatch(fault -> fault.fault() instanceof RefuseFault);
        if (!another) {
            gateway.listener().resume();
        }
    }
}
