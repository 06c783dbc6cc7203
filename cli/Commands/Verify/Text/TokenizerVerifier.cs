using DaprMoE.Text.Verification;

namespace DaprMoE.Cli;

/// <summary>Folders with a tokenizer and its cases.</summary>
internal sealed class TokenizerVerifier : IVerifier
{
    public string Kind => "tokenizer";

    public string Holds => "a tokenizer.json with cases.json";

    public bool Accepts(string folder) =>
        File.Exists(Path.Combine(folder, "tokenizer.json")) && File.Exists(Path.Combine(folder, "cases.json"));

    public Task<IReadOnlyList<Check>> RunAsync(string folder, string? with, CancellationToken cancellationToken) =>
        Task.FromResult(CaseChecks.Of(TokenizerVerification.Run(folder).Groups));
}
