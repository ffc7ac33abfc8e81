package dev.gatewatch.history;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * A real database whose store calls the test before each of its methods.
 *
 * @param before takes the method's name, on the thread that calls the method
 */
record InterceptedDatabase(Database database, Before before) implements Database {

    interface Before {
        void call(String method) throws Exception;
    }

    @Override
    public HistoryStore open() {
        HistoryStore store = database.open();
        return (HistoryStore) Proxy.newProxyInstance(
                HistoryStore.class.getClassLoader(), new Class<?>[] {HistoryStore.class}, (proxy, method, given) -> {
                    before.call(method.getName());
                    try {
                        return method.invoke(store, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public String name() {
        return database.name();
    }

    @Override
    public void close() {
        database.close();
    }
}
