using DaprMoE.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace DaprMoE.Gateway;

/// <summary>Makes the server listen where the options say, and says so.</summary>
internal static partial class GatewayAddresses
{
    public static void Use(WebApplication app)
    {
        GatewayOptions options = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        app.Urls.Clear();
        foreach (string address in options.Addresses)
        {
            app.Urls.Add(address);
        }

        app.Lifetime.ApplicationStarted.Register(() => Log(app));
    }

    private static void Log(WebApplication app)
    {
        foreach (string address in app.Urls)
        {
            LogListening(app.Logger, address);
            if (ListenAddress.TryParse(address) is { IsLoopback: false })
            {
                LogListeningRemotely(app.Logger, address);
            }
        }
    }

    [LoggerMessage(EventIds.Listening, LogLevel.Information, "Listening on {Address}")]
    private static partial void LogListening(ILogger logger, string address);

    [LoggerMessage(EventIds.ListeningRemotely, LogLevel.Warning, "{Address} is open to other machines, and whoever reaches it may use it.")]
    private static partial void LogListeningRemotely(ILogger logger, string address);
}
