using DaprMoE.Text.Verification;

namespace DaprMoE.Cli;

/// <summary>Folders with a chat template and its cases.</summary>
internal sealed class TemplateVerifier : IVerifier
{
    public string Kind => "template";

    public string Holds => "a template.jinja with cases.json and conversations.json (beside it, above it or by --with)";

    public bool TakesWith => true;

    public bool Accepts(string folder) => TemplateVerification.Applies(folder);

    public Task<IReadOnlyList<Check>> RunAsync(string folder, string? with, CancellationToken cancellationToken) =>
        Task.FromResult(CaseChecks.Of(TemplateVerification.Run(folder, with).Groups));
}
