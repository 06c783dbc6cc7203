using System.ComponentModel.DataAnnotations;
using DaprMoE.ServiceDefaults;
using DaprMoE.Services;
using DaprMoE.Tensors;

namespace DaprMoE.ExpertHost;

/// <summary>Settings of an expert host; section <c>ExpertHost</c>, environment <c>DAPRMOE__EXPERTHOST__…</c>.</summary>
public sealed class ExpertHostSettings : IValidatableObject
{
    /// <summary>The section that these are read from.</summary>
    public const string Section = "ExpertHost";

    /// <value>Addresses to listen on, separated by semicolons; port 0 takes a free one. The default is <c>http://127.0.0.1:7001</c>.</value>
    /// <remarks>Other machines are let in by https and a shared secret only, or by Insecure.</remarks>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:7001";

    /// <value>Addresses for probes and metrics in HTTP/1.1, separated by semicolons. The default is none: gRPC's own addresses answer them
    /// in HTTP/2.</value>
    public string? ProbeUrls { get; set; }

    /// <value>Folder of the checkpoint whose experts are hosted. There is no default.</value>
    [Required]
    public string Model { get; set; } = "";

    /// <value>The host's name, unique among those of a gateway. The default is <c>host-0</c>.</value>
    [Required]
    [RegularExpression(
        "^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$",
        ErrorMessage = "1 to 63 letters, digits, dots, dashes and underscores, at both ends a letter or digit")]
    public string Name { get; set; } = "host-0";

    /// <value>Devices of the host. The default is 1.</value>
    [Range(1, 256)]
    public int Devices { get; set; } = 1;

    /// <value>Memory for experts of each device, such as 4MiB. The default is one copy of each expert for one device, and 1.5 times that
    /// divided by their number for several.</value>
    public ByteSize? DeviceMemory { get; set; }

    /// <value>Threads that compute. The default is one per core.</value>
    [Range(1, 1024)]
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <value>What computes the experts: cpu, or torch in a program that is built with it. The default is cpu.</value>
    [Required]
    public string Backend { get; set; } = "cpu";

    /// <value>Where the backend computes: cpu or, with torch, cuda:N. The default is cpu.</value>
    [Required]
    public string Device { get; set; } = "cpu";

    /// <value>The format that torch holds weights and computes in: f32 or bf16. The default is f32; cpu takes weights as they are stored.</value>
    [AllowedValues(null, "f32", "bf16", ErrorMessage = "f32, bf16")]
    public string? Compute { get; set; }

    /// <value>Most rows of one call; at least the token budget of every gateway. The default is 4096.</value>
    [Range(1, 65_536)]
    public int TokenBudget { get; set; } = 4096;

    /// <value>PEM file of the certificate for https. There is no default.</value>
    [ExistingFile]
    public string? TlsCertificate { get; set; }

    /// <value>PEM file of the certificate's key. The default is the certificate's file.</value>
    [ExistingFile]
    public string? TlsKey { get; set; }

    /// <value>File that holds the secret that gateways have to know. The default is none, which is allowed on loopback.</value>
    [ExistingFile]
    public string? SecretFile { get; set; }

    /// <value>Whether other machines are let in by plaintext or without a secret. The default is false.</value>
    public bool Insecure { get; set; }

    /// <value>Seconds that calls have to end once the process is told to stop. The default is 5.</value>
    [Range(0, 600)]
    public int DrainSeconds { get; set; } = 5;

    /// <summary><see cref="Compute"/> once it is valid; null when it is not set.</summary>
    internal DType? ComputeType => Compute switch
    {
        "f32" => DType.F32,
        "bf16" => DType.BF16,
        _ => null,
    };

    /// <summary>The addresses of <see cref="Urls"/>, once they are valid.</summary>
    internal IEnumerable<ListenAddress> Addresses => Split(Urls).Select(address => ListenAddress.TryParse(address)!.Value);

    /// <summary>The addresses of <see cref="ProbeUrls"/>, once they are valid.</summary>
    internal IEnumerable<ListenAddress> ProbeAddresses => Split(ProbeUrls).Select(address => ListenAddress.TryParse(address)!.Value);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!ProgramBackends.Registry.Names.Contains(Backend))
        {
            yield return Fault(nameof(Backend), Backend, ProgramBackends.Registry.Allowed, "--backend");
        }

        foreach (string address in Split(ProbeUrls).Where(address => ListenAddress.TryParse(address) is not { IsTls: false }))
        {
            yield return Fault(nameof(ProbeUrls), address, "http://HOST:PORT with an IP address, localhost or *", "--probe-urls");
        }

        foreach (string address in Split(Urls).Where(address => ListenAddress.TryParse(address) is null))
        {
            yield return Fault(nameof(Urls), address, "http://HOST:PORT or https://HOST:PORT with an IP address, localhost or *", "--urls");
        }

        foreach (string address in Split(Urls))
        {
            if (ListenAddress.TryParse(address) is { } parsed && SecurityFault(parsed) is { } fault)
            {
                yield return new ValidationResult($"{Section}:{nameof(Urls)} has '{address}'; {fault}");
            }
        }
    }

    private static string[] Split(string? urls) =>
        urls?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static ValidationResult Fault(string key, string value, string allowed, string flag) =>
        new($"{Section}:{key} has '{value}'; allowed: {allowed}. Set DAPRMOE__EXPERTHOST__{key.ToUpperInvariant()} or {flag}.");

    /// <summary>What is wrong with listening there; null when nothing is.</summary>
    private string? SecurityFault(ListenAddress address)
    {
        if (address.IsTls && TlsCertificate is null)
        {
            return "https needs a certificate: give one by --tls-certificate.";
        }

        return address.IsLoopback || Insecure ? null
            : !address.IsTls ? "plaintext is for this machine only: use https with --tls-certificate and --secret-file, or allow it by --insecure."
            : SecretFile is null ? "other machines need a shared secret: give one by --secret-file, or allow all by --insecure."
            : null;
    }
}
