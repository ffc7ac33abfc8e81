package dev.gatewatch;

import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.ConcurrentSessionController;

/** A bot on JDA as it comes; {@code JdaBot API_BASE_URL TOKEN GATEWAY_URL} runs until it is killed. */
final class JdaBot {

    private JdaBot() {}

    public static void main(String... arguments) throws InterruptedException {
        String gateway = arguments[2];
        JDA jda = JDABuilder.createDefault(arguments[1])
                .setRestConfig(new RestConfig().setBaseUrl(arguments[0] + "/"))
                .setSessionController(new ConcurrentSessionController() {
                    @Override
                    public String getGateway() {
                        return gateway;
                    }
                })
                .build();
        jda.awaitReady();
        Thread.currentThread().join();
    }
}
