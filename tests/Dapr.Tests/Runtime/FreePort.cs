using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DaprMoE.Dapr.Tests;

/// <summary>Ports that nobody listens on.</summary>
internal static class FreePort
{
    public static string Next()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
