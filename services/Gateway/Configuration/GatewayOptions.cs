using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DaprMoE.DirectTransport;
using DaprMoE.Scheduling;
using DaprMoE.ServiceDefaults;
using DaprMoE.Services;
using DaprMoE.Tensors;

namespace DaprMoE.Gateway;

/// <summary>Settings of the gateway; section <c>Gateway</c>, environment <c>DAPRMOE__GATEWAY__…</c>.</summary>
public sealed class GatewayOptions : IValidatableObject
{
    /// <summary>The section that these are read from.</summary>
    public const string Section = "Gateway";

    /// <value>Addresses to listen on, separated by semicolons; port 0 takes a free one. The default is
    /// <c>http://127.0.0.1:8080</c>.</value>
    /// <remarks>Nothing but loopback is listened on unless an address here says so.</remarks>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:8080";

    /// <value>Folder of the checkpoint to serve. There is no default.</value>
    [Required]
    public string Model { get; set; } = "";

    /// <value>The id that requests name the model by. The default is the name of its folder.</value>
    public string? ModelId { get; set; }

    /// <value>Most sequences that wait for a place in the batch; more are refused with 429. The default is 256.</value>
    [Range(1, 1_000_000)]
    public int QueueLimit { get; set; } = 256;

    /// <value>Most sequences in one iteration. The default is 16.</value>
    [Range(1, 4096)]
    public int BatchLimit { get; set; } = 16;

    /// <value>Most rows of one iteration, prompt chunks and decode tokens together. The default is 512.</value>
    [Range(1, 65_536)]
    public int TokenBudget { get; set; } = 512;

    /// <value>Longest sequence in tokens, prompt and answer together. The default is the model's own, at most 8192.</value>
    [Range(2, 1 << 20)]
    public int? ContextLength { get; set; }

    /// <value>Tokens of KV cache. The default is BatchLimit contexts, at most 1 GiB, at least one context.</value>
    [Range(2, 1 << 30)]
    public int? KvTokens { get; set; }

    /// <value>Threads that compute. The default is one per core.</value>
    [Range(1, 1024)]
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <value>Devices of this process that the experts are divided over. The default is 1.</value>
    [Range(1, 1024)]
    public int Devices { get; set; } = 1;

    /// <value>Memory that the experts of each device may take, such as <c>4MiB</c>. Without it, one device maps all experts, and several
    /// hold one and a half times all experts between them.</value>
    public ByteSize? DeviceMemory { get; set; }

    /// <value>The device whose speed, memory and links the devices of this process emulate, in virtual time: a6000. The default is none:
    /// they are real.</value>
    public string? DeviceProfile { get; set; }

    /// <value>The model whose bytes, operations and time outside experts emulated devices count: mixtral-8x7b, phi-3.5-moe, llama-4-scout,
    /// 64x6, 128x8. The default is the served model.</value>
    public string? ShapeAs { get; set; }

    /// <value>How many times the virtual time of emulated devices is really slept. The default is 0.</value>
    [Range(0.0, 1000.0)]
    public double Pace { get; set; }

    /// <value>What decides which replicas experts have, and where: auto, eplb, moeless, static. The default is auto with expert hosts, more
    /// than one device or a device memory, otherwise static.</value>
    public string? Policy { get; set; }

    /// <value>File with the key that admin actions ask for, such as a switch of the policy. The default is none, and then they work on
    /// loopback only.</value>
    public string? AdminKeyFile { get; set; }

    /// <value>How the tokens of an expert are divided over its replicas. The default is what the policy wants.</value>
    public string? SplitRule { get; set; }

    /// <value>What computes the experts of this process: cpu, or torch in a program that is built with it. The default is cpu.</value>
    [Required]
    public string Backend { get; set; } = "cpu";

    /// <value>Where the backend computes: cpu, or cuda:N with torch. The default is cpu.</value>
    [Required]
    public string Device { get; set; } = "cpu";

    /// <value>The format that torch holds weights and computes in: f32 or bf16. The default is f32; the cpu backend takes none.</value>
    [AllowedValues(null, "f32", "bf16", ErrorMessage = "f32, bf16")]
    public string? Compute { get; set; }

    /// <value>Addresses of expert hosts that have the experts instead of this process, separated by commas. The default is none.</value>
    public string? ExpertHosts { get; set; }

    /// <value>File with the secret that the expert hosts ask for. The default is none, which is allowed on loopback.</value>
    [ExistingFile]
    public string? ExpertSecretFile { get; set; }

    /// <value>PEM file of the certificate to trust expert hosts by. The default is what the system trusts.</value>
    [ExistingFile]
    public string? ExpertCertificate { get; set; }

    /// <value>Whether expert hosts on other machines may be called in plaintext or without a secret. The default is false.</value>
    public bool ExpertsInsecure { get; set; }

    /// <value>Whether rows travel to expert hosts as bf16: half the bytes, but texts may differ. The default is false.</value>
    public bool LossyFrames { get; set; }

    /// <value>Seconds that a layer waits for experts whose devices have failed; then its requests fail with 503. The default is 30.</value>
    [Range(1, 3600)]
    public int ExpertWaitSeconds { get; set; } = 30;

    /// <value>Whether the dashboard is served at <c>/</c>. The default is true.</value>
    public bool Dashboard { get; set; } = true;

    /// <value>Most prompts in one request to <c>/v1/completions</c>. The default is 64.</value>
    [Range(1, 4096)]
    public int PromptsPerRequest { get; set; } = 64;

    /// <value>Most bytes of a request's body; more are refused with 413. The default is 8 MiB.</value>
    [Range(1024L, 1L << 30)]
    public long BodyLimit { get; set; } = 8L << 20;

    /// <value>Most bytes of all bodies that are read and tokenized at a time; more are refused with 429. The default is 256 MiB.</value>
    [Range(1024L, 1L << 40)]
    public long BodiesLimit { get; set; } = 256L << 20;

    /// <value>Most connections at a time; more are closed. The default is 1024.</value>
    [Range(1, 1_000_000)]
    public int ConnectionLimit { get; set; } = 1024;

    /// <value>Most seconds from a request's arrival to the end of its answer. The default is 3600.</value>
    [Range(1, 86_400)]
    public int RequestSeconds { get; set; } = 3600;

    /// <value>Seconds that running answers have to end once the process is told to stop; then they are cut. The default is 5.</value>
    [Range(0, 600)]
    public int DrainSeconds { get; set; } = 5;

    /// <summary>The addresses of <see cref="Urls"/>.</summary>
    internal string[] Addresses => Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether there is anything to decide: without hosts, devices or a budget every expert is mapped, once.</summary>
    public bool HasChoice => ExpertHosts is not null || Devices > 1 || DeviceMemory is not null;

    /// <summary>The policy to begin with.</summary>
    public string PolicyAtStart => Policy ?? LivePolicies.Default(HasChoice);

    /// <summary>What of these concerns the engine.</summary>
    public LocalEngineOptions Engine => new()
    {
        Threads = Threads,
        ContextLength = ContextLength,
        MaxRunning = BatchLimit,
        MaxQueued = QueueLimit,
        TokenBudget = TokenBudget,
        KvTokens = KvTokens,
        Devices = Devices,
        DeviceMemory = DeviceMemory?.Bytes,
        Emulation = DeviceProfile is null ? null : new EmulationOptions(DeviceProfile) { ShapeAs = ShapeAs, Pace = Pace },
        Policy = PolicyAtStart,
        SplitRule = SplitRule,
        Backend = Backend,
        BackendDevice = Device,
        Compute = Compute switch
        {
            "f32" => DType.F32,
            "bf16" => DType.BF16,
            _ => null,
        },
        ExpertHosts = ExpertHosts is null ? [] : HostAddress.ParseList(ExpertHosts),
        HostSecurity = new HostSecurity
        {
            Secret = ExpertSecretFile is null ? null : SharedSecret.ReadFile(ExpertSecretFile),
            TrustedCertificate = ExpertCertificate is null ? null : Certificate(ExpertCertificate),
            AllowInsecure = ExpertsInsecure,
        },
        LossyFrames = LossyFrames,
        ExpertWait = TimeSpan.FromSeconds(ExpertWaitSeconds),
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BodiesLimit < BodyLimit)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(BodiesLimit)} is {BodiesLimit}; allowed: at least {Section}:{nameof(BodyLimit)}, {BodyLimit}, "
                + "so that one body always finds place. Set DAPRMOE__GATEWAY__BODIESLIMIT.");
        }

        if (SplitRule is not null && !SplitRules.Names.Contains(SplitRule))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(SplitRule)} is '{SplitRule}'; allowed: {string.Join(", ", SplitRules.Names)}. "
                + "Set DAPRMOE__GATEWAY__SPLITRULE or --split.");
        }

        if (PolicyFault() is { } policy)
        {
            yield return new ValidationResult($"{Section}:{nameof(Policy)} is '{Policy}'; {policy} Set DAPRMOE__GATEWAY__POLICY or --policy.");
        }

        if (!ProgramBackends.Registry.Names.Contains(Backend))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(Backend)} is '{Backend}'; allowed: {ProgramBackends.Registry.Allowed}. "
                + "Set DAPRMOE__GATEWAY__BACKEND or --backend.");
        }

        if (EmulationFaults.Find(this) is { } emulation)
        {
            yield return new ValidationResult(emulation);
        }

        if (ExpertHostFault() is { } hosts)
        {
            yield return new ValidationResult($"{Section}:{nameof(ExpertHosts)}: {hosts} Set DAPRMOE__GATEWAY__EXPERTHOSTS or --expert-hosts.");
        }

        foreach (ValidationResult fault in AddressFaults())
        {
            yield return fault;
        }
    }

    private static X509Certificate2 Certificate(string file)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(file);
        }
        catch (CryptographicException exception)
        {
            throw new InvalidDataException($"The certificate {file} can't be used: {exception.Message} A PEM file is wanted.", exception);
        }
    }

    private string? PolicyFault() => Policy switch
    {
        null or PolicyNames.Static => null,
        _ when !LivePolicies.Names.Contains(Policy) => $"allowed: {string.Join(", ", LivePolicies.Names)}.",
        _ => HasChoice ? null : $"allowed: static, {LivePolicies.NoChoice}",
    };

    private string? ExpertHostFault()
    {
        if (ExpertHosts is null)
        {
            return ExpertSecretFile is not null || ExpertCertificate is not null || ExpertsInsecure || LossyFrames
                ? "none are listed that --expert-secret-file, --expert-certificate, --insecure or --lossy could be for."
                : null;
        }

        if (Devices > 1 || DeviceMemory is not null)
        {
            return "the experts are on these hosts, so this process has no devices for --devices or --device-memory.";
        }

        if (Backend != "cpu" || Device != "cpu" || Compute is not null)
        {
            return "the experts are on these hosts: give --backend, --device and --compute to daprmoe expert-host.";
        }

        try
        {
            HostAddress.ParseList(ExpertHosts);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    private IEnumerable<ValidationResult> AddressFaults() =>
        from address in Addresses
        where ListenAddress.TryParse(address) is not { IsTls: false }
        select new ValidationResult(
            $"{Section}:{nameof(Urls)} has '{address}'; allowed: http://HOST:PORT with an IP address, localhost or *. "
            + "Set DAPRMOE__GATEWAY__URLS or --urls.");
}
