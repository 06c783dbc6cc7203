using DaprMoE.Gateway;
using DaprMoE.ServiceDefaults;

namespace DaprMoE.Cli;

/// <summary>What a server's process is composed of.</summary>
internal static class ServerComposition
{
    /// <summary>Adds the gateway and, where there is something to decide about experts, what decides. Without that none of it is composed.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="open">Opens the model.</param>
    /// <param name="configure">Settings of the command line.</param>
    /// <param name="stateFile">The state file of the command line; null: a default.</param>
    /// <exception cref="CommandException">A state file is named, and there is nothing to keep in it.</exception>
    public static WebApplicationBuilder AddServer(
        this WebApplicationBuilder builder, ModelOpener open, Action<GatewayOptions> configure, string? stateFile)
    {
        builder.AddGateway(open, configure);
        GatewayOptions options = builder.Configuration.ReadSection<GatewayOptions>(GatewayOptions.Section);
        configure(options);
        if (options.HasChoice)
        {
            builder.AddSlowLoop(stateFile);
        }
        else if (stateFile is not null)
        {
            throw CommandException.Usage(
                "--state is given, but one device that maps all experts has nothing to decide or to remember; give --devices, --device-memory or "
                + "--expert-hosts too.");
        }

        return builder;
    }
}
