using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DaprMoE.DirectTransport;
using DaprMoE.ServiceDefaults;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace DaprMoE.ExpertHost;

/// <summary>Makes the server listen where the settings say.</summary>
internal sealed class HostListeners(IOptions<ExpertHostSettings> settings) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.ConfigureDirectHost();
        foreach (ListenAddress address in settings.Value.Addresses)
        {
            Listen(options, address, listener =>
            {
                // Without TLS nothing tells the protocols of HTTP apart.
                listener.Protocols = address.IsTls ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http2;
                if (address.IsTls)
                {
                    listener.UseHttps(Certificate(settings.Value.TlsCertificate!, settings.Value.TlsKey));
                }
            });
        }

        foreach (ListenAddress address in settings.Value.ProbeAddresses)
        {
            Listen(options, address, listener =>
            {
                listener.Protocols = HttpProtocols.Http1;
                MetricsGuard.Exempt(listener);
            });
        }
    }

    private static void Listen(KestrelServerOptions options, ListenAddress address, Action<ListenOptions> configure)
    {
        // Kestrel takes no free port for both addresses of localhost.
        if (address is { IsLocalName: true, Port: > 0 })
        {
            options.ListenLocalhost(address.Port, configure);
        }
        else if (IPAddress.TryParse(address.IsLocalName ? "127.0.0.1" : address.Host, out IPAddress? ip))
        {
            options.Listen(ip, address.Port, configure);
        }
        else
        {
            options.ListenAnyIP(address.Port, configure);
        }
    }

    private static X509Certificate2 Certificate(string file, string? keyFile)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(file, keyFile ?? file);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException(
                $"The certificate {file} with the key {keyFile ?? file} can't be used: {exception.Message} Both are PEM files.", exception);
        }
    }
}
