using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace DaprMoE.DirectTransport;

/// <summary>How a gateway proves itself to hosts, and whom it trusts.</summary>
public sealed record HostSecurity
{
    /// <summary>The secret that hosts share with their gateways; null for none.</summary>
    public string? Secret { get; init; }

    /// <summary>The certificate of the hosts, or of the authority that signed theirs; null: what the system trusts.</summary>
    public X509Certificate2? TrustedCertificate { get; init; }

    /// <summary>Whether hosts on other machines may be called in plaintext and without a secret.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>Refuses an address that this can't be used for.</summary>
    /// <exception cref="ExpertHostsException">Names the address and the remedy.</exception>
    internal void RequireAllows(Uri address)
    {
        if (HostAddress.IsLoopback(address) || AllowInsecure)
        {
            return;
        }

        if (address.Scheme != Uri.UriSchemeHttps)
        {
            throw new ExpertHostsException(
                $"The expert host {address} is on another machine and would be called in plaintext. "
                + $"Use https://{address.Authority}, or allow it by --insecure.");
        }

        if (Secret is null)
        {
            throw new ExpertHostsException(
                $"The expert host {address} is on another machine and needs a shared secret. "
                + "Give it here by --expert-secret-file and there by --secret-file, or allow it by --insecure.");
        }
    }

    /// <summary>How TLS is done; null for the system's way.</summary>
    internal SslClientAuthenticationOptions? Tls() => TrustedCertificate is not { } trusted ? null : new SslClientAuthenticationOptions
    {
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { trusted },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };
}
