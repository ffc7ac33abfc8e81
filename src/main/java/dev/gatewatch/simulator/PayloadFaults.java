package dev.gatewatch.simulator;

import java.util.function.Predicate;

/** Faults that keep back what the simulator would have sent. */
final class PayloadFaults {

    private PayloadFaults() {}

    /** Payloads with this opcode are never sent. */
    static Fault dropping(int op) {
        return treating(payload -> payload.op() == op, Treatment.DROP);
    }

    /** Dispatches of this type are never sent. */
    static Fault dropping(String type) {
        return treating(payload -> payload.isDispatch(type), Treatment.DROP);
    }

    static Fault treating(Predicate<Payload> which, Treatment treatment) {
        return new Fault() {
            @Override
            public Treatment treat(GatewayConnection connection, Payload payload, ActiveFault self) {
                return which.test(payload) ? treatment : Treatment.PASS;
            }
        };
    }
}
