using System.CommandLine;
using DaprMoE.ExpertHost;

namespace DaprMoE.Cli;

/// <summary>Who may reach an expert host.</summary>
internal sealed class SecurityFlags
{
    private readonly Option<string?> _certificate = File("--tls-certificate", "PEM file of the certificate for https");
    private readonly Option<string?> _key = File("--tls-key", "PEM file of the certificate's key; the default is the certificate's file");
    private readonly Option<string?> _secret = File("--secret-file", "File with the secret that gateways have to know");
    private readonly Option<bool> _insecure = new("--insecure")
    {
        Description = "Let other machines in by plaintext or without a secret.",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_certificate);
        command.Options.Add(_key);
        command.Options.Add(_secret);
        command.Options.Add(_insecure);
    }

    /// <summary>Sets what the command line says of it.</summary>
    public void Configure(ExpertHostSettings settings, ParseResult arguments, CommandEnvironment environment)
    {
        settings.TlsCertificate = Path(_certificate) ?? settings.TlsCertificate;
        settings.TlsKey = Path(_key) ?? settings.TlsKey;
        settings.SecretFile = Path(_secret) ?? settings.SecretFile;
        settings.Insecure |= arguments.GetValue(_insecure);

        string? Path(Option<string?> option) => arguments.GetValue(option) is { } file ? environment.Resolve(file) : null;
    }

    private static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE" };
}
