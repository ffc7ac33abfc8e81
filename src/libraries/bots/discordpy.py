import json
import os
import traceback

import discord
import yarl
from discord import app_commands

API = os.environ["API"]


def say(event, **fields):
    print(json.dumps({"event": event, **fields}), flush=True)


discord.http.Route.BASE = API
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["GATEWAY"])


class Bot(discord.AutoShardedClient):
    def __init__(self):
        intents = discord.Intents(guilds=True, members=True)
        super().__init__(intents=intents, shard_count=2, heartbeat_timeout=6.0)
        self.tree = app_commands.CommandTree(self)

    async def on_ready(self):
        for guild in self.guilds:
            say("guild", id=str(guild.id), name=guild.name, channels=len(guild.channels), roles=len(guild.roles),
                members=len(guild.members))
        await self.tree.sync()
        say("ready")

    async def on_error(self, event, *arguments, **options):
        say("error", message=traceback.format_exc())


bot = Bot()


@bot.tree.command(description="Answers ping")
async def ping(interaction: discord.Interaction):
    await interaction.response.send_message("pong")


@bot.tree.command(description="Answers file")
async def file(interaction: discord.Interaction):
    from io import BytesIO
    await interaction.response.send_message("pong", file=discord.File(BytesIO(b"pong"), "pong.txt"))


bot.run(os.environ["TOKEN"])
