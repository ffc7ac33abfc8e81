import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.hooks.ListenerAdapter;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.sharding.DefaultShardManagerBuilder;
import net.dv8tion.jda.api.sharding.ShardManager;
import net.dv8tion.jda.api.utils.ConcurrentSessionController;
import net.dv8tion.jda.api.utils.FileUpload;

/** A bot on JDA; run as a source file. */
final class Bot extends ListenerAdapter {

    public static void main(String... arguments) throws Exception {
        ShardManager manager = DefaultShardManagerBuilder.createLight(System.getenv("TOKEN"))
                .enableIntents(GatewayIntent.GUILD_MEMBERS)
                .setShardsTotal(2)
                .setRestConfigProvider(shard -> new RestConfig().setBaseUrl(System.getenv("API") + "/"))
                .setSessionController(new ConcurrentSessionController() {
                    @Override
                    public String getGateway() {
                        return System.getenv("GATEWAY");
                    }
                })
                .addEventListeners(new Bot())
                .build();
        for (int shard = 0; shard < 2; shard++) {
            while (manager.getShardById(shard) == null) {
                Thread.sleep(50);
            }
            manager.getShardById(shard).awaitReady();
        }
        for (Guild guild : manager.getGuilds()) {
            int members = guild.loadMembers().get().size();
            System.out.printf(
                    "{\"event\":\"guild\",\"id\":\"%s\",\"name\":\"%s\",\"channels\":%d,\"roles\":%d,\"members\":%d}%n",
                    guild.getId(), guild.getName(), guild.getChannels().size(), guild.getRoles().size(), members);
        }
        manager.getShardById(0)
                .updateCommands()
                .addCommands(Commands.slash("ping", "Answers ping"), Commands.slash("file", "Answers file"))
                .complete();
        System.out.println("{\"event\":\"ready\"}");
        new CountDownLatch(1).await();
    }

    @Override
    public void onSlashCommandInteraction(SlashCommandInteractionEvent event) {
        if (event.getName().equals("file")) {
            FileUpload file = FileUpload.fromData("pong".getBytes(StandardCharsets.UTF_8), "pong.txt");
            event.reply("pong").addFiles(file).queue();
        } else {
            event.reply("pong").queue();
        }
    }
}
