using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DaprMoE.ExpertHost.Tests;

/// <summary>A certificate for loopback that signs itself, and its files.</summary>
internal sealed class SelfSigned : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daprmoe-tls-").FullName;

    public SelfSigned()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=expert-host", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(PemFile, made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        Certificate = X509Certificate2.CreateFromPem(made.ExportCertificatePem());
    }

    public string PemFile => Path.Combine(_folder, "host.pem");

    public X509Certificate2 Certificate { get; }

    public string WriteSecret(string secret)
    {
        string file = Path.Combine(_folder, "secret");
        File.WriteAllText(file, secret + "\n");
        return file;
    }

    public void Dispose()
    {
        Certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
