using System.Net;
using System.Security.Cryptography;
using System.Text;
using DaprMoE.DirectTransport;
using Microsoft.Extensions.Options;

namespace DaprMoE.Gateway;

/// <summary>Who may change a running server: whoever knows the key, or anybody on this machine where there is none.</summary>
internal sealed class AdminAccess(IOptions<GatewayOptions> options)
{
    /// <summary>The header that the key is sent in.</summary>
    public const string Header = "X-DaprMoE-Admin-Key";

    private static readonly string[] Forwarded = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"];

    private readonly byte[]? _hash = options.Value.AdminKeyFile is { } file ? Hash(SharedSecret.ReadFile(file)) : null;

    /// <summary>Whether a key is asked for.</summary>
    public bool HasKey => _hash is not null;

    /// <summary>Lets admin actions through only.</summary>
    /// <exception cref="ApiException">401 without the key, 403 with a wrong one, or from elsewhere where there is none.</exception>
    public void Require(HttpContext context)
    {
        string? key = context.Request.Headers[Header];
        if (_hash is not null && string.IsNullOrEmpty(key))
        {
            throw ApiErrors.AdminKeyMissing();
        }

        if (!Allows(key, IsLocal(context)))
        {
            throw _hash is null ? ApiErrors.AdminElsewhere() : ApiErrors.AdminKeyWrong();
        }
    }

    /// <summary>Whether an admin action may be taken; takes the same time for every wrong key.</summary>
    /// <param name="key">The key that was given; null for none.</param>
    /// <param name="isLocal">Whether it is asked for on this machine.</param>
    public bool Allows(string? key, bool isLocal) =>
        _hash is null ? isLocal : CryptographicOperations.FixedTimeEquals(Hash(key ?? ""), _hash);

    /// <summary>
    /// Whether a request comes from this machine: over loopback, not passed on by a proxy, and meant for a name of loopback, which a page
    /// of somebody else's in a browser here is not, whatever address it had its name resolved to.
    /// </summary>
    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && !Forwarded.Any(context.Request.Headers.ContainsKey)
        && IsLoopbackName(context.Request.Host.Host);

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
