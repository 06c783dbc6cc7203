namespace DaprMoE.Cli;

/// <summary>Checks the parts that the services need on Dapr. Changes nothing.</summary>
internal sealed class PartChecks(IMachine machine, ProgramSearch search, string root)
{
    /// <summary>One result for each part.</summary>
    /// <param name="run">The services.</param>
    /// <param name="areUp">Whether the services run now, so that their ports are theirs.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    public async Task<IReadOnlyList<PartCheck>> RunAsync(MultiAppRun run, bool areUp, CancellationToken cancellationToken)
    {
        List<PartCheck> checks = [Dapr(), Daprd()];
        foreach (BackgroundPart part in BackgroundParts.All)
        {
            checks.Add(await BackgroundAsync(part, cancellationToken));
        }

        checks.Add(Services(run));
        checks.Add(Model());
        checks.Add(await PortsAsync(run, areUp, cancellationToken));
        return checks;
    }

    /// <summary>The command that starts sidecars.</summary>
    public PartCheck Dapr() => search.Find("dapr") is { } path
        ? new("dapr", PartState.Ok, path)
        : new("dapr", PartState.Missing, "There is no dapr in PATH, DAPR_RUNTIME_PATH or ~/.dapr/bin.",
            "Install the Dapr CLI as https://docs.dapr.io/getting-started/install-dapr-cli says.");

    /// <summary>The sidecar.</summary>
    public PartCheck Daprd() => search.FindDaprd() is { } path
        ? new("daprd", PartState.Ok, path)
        : new("daprd", PartState.Missing, "There is no daprd in ~/.dapr/bin or DAPR_RUNTIME_PATH/.dapr/bin.",
            "`dapr init --slim` installs it in ~/.dapr/bin.");

    /// <summary>A program that runs beside the services.</summary>
    public async Task<PartCheck> BackgroundAsync(BackgroundPart part, CancellationToken cancellationToken)
    {
        if (await machine.AnswersAsync(part.Port, cancellationToken))
        {
            return new PartCheck(part.Name, PartState.Ok, $"127.0.0.1:{part.Port} answers");
        }

        if (part.Find(search) is { } path)
        {
            return new PartCheck(part.Name, PartState.Ok, $"{path}, not running; `daprmoe up` starts it");
        }

        string detail = $"Nothing answers on 127.0.0.1:{part.Port}, and {string.Join(" or ", part.Programs)} is not installed";
        return part.LostWithout is { } lost
            ? new PartCheck(part.Name, PartState.Optional, $"{detail}; {lost}.", part.Remedy)
            : new PartCheck(part.Name, PartState.Missing, $"{detail}.", part.Remedy);
    }

    /// <summary>The services' programs.</summary>
    public PartCheck Services(MultiAppRun run)
    {
        string[] missing =
        [
            .. run.Apps.Where(app => app.Program is { } program && !machine.HasFile(Path.Combine(root, program))).Select(app => app.AppId).Distinct(),
        ];
        return missing.Length == 0
            ? new("services", PartState.Ok, $"{run.Apps.Count} apps of dapr/dapr.yaml are built")
            : new("services", PartState.Missing, $"Not built: {string.Join(", ", missing)}.", "`dotnet build DaprMoE.sln -c Release` builds them.");
    }

    /// <summary>The ports of the services and their sidecars.</summary>
    public async Task<PartCheck> PortsAsync(MultiAppRun run, bool areUp, CancellationToken cancellationToken)
    {
        if (areUp)
        {
            return new("ports", PartState.Ok, "taken by the services that `daprmoe up` runs");
        }

        List<string> taken = [];
        foreach ((string appId, int port) in run.Apps.SelectMany(app => app.Ports.Select(port => (app.AppId, port))))
        {
            if (await machine.AnswersAsync(port, cancellationToken))
            {
                taken.Add($"{port} ({appId})");
            }
        }

        return taken.Count == 0
            ? new("ports", PartState.Ok, $"{run.Apps.Sum(app => app.Ports.Count)} ports of dapr/dapr.yaml are free")
            : new("ports", PartState.Missing, $"Others listen on {string.Join(", ", taken)}.", "End them, or change the ports in dapr/dapr.yaml.");
    }

    private PartCheck Model()
    {
        string folder = Path.Combine(root, ModelLocation.BundledModel);
        return machine.HasFile(Path.Combine(folder, "config.json"))
            ? new("model", PartState.Ok, folder)
            : new("model", PartState.Missing, $"There is no config.json in {folder}.", "Check the repository out with its folder models.");
    }
}
