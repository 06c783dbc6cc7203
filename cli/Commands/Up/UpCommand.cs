using System.CommandLine;
using System.Diagnostics;

namespace DaprMoE.Cli;

/// <summary><c>up</c>: the services on Dapr, with what they need beside them, until Ctrl-C or <c>down</c>.</summary>
internal sealed class UpCommand(CommandEnvironment environment) : CliCommand(
    environment, "up", "Runs the services on Dapr (dapr run -f dapr/); starts placement, scheduler, Redis and Jaeger where they don't run yet.")
{
    private static readonly TimeSpan ServicesPatience = TimeSpan.FromSeconds(30);

    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe up", "All services with their sidecars; Ctrl-C, or `daprmoe down` elsewhere, ends them and what was started for them."),
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        ProgramSearch search = new(Environment.Machine, Environment.Variable);
        await RequirePartsAsync(search, cancellationToken);
        PartStarter starter = new(Environment.Machine, Environment.Clock, Environment.Root);
        try
        {
            await StartPartsAsync(starter, search, cancellationToken);
            return await ServeAsync(starter, search, arguments.Json(), cancellationToken);
        }
        finally
        {
            await new PartStopper(Environment.Clock, Environment.Root).StopAsync();
        }
    }

    /// <summary>Refuses to start anything while something is missing: all of it is said at once.</summary>
    private async Task RequirePartsAsync(ProgramSearch search, CancellationToken cancellationToken)
    {
        bool areUp = StartedProcesses.In(Environment.Root).IsServing;
        PartChecks checks = new(Environment.Machine, search, Environment.Root);
        IReadOnlyList<PartCheck> parts = await checks.RunAsync(MultiAppRun.Read(Environment.Root), areUp, cancellationToken);
        foreach (PartCheck optional in parts.Where(part => part.State == PartState.Optional))
        {
            Terminal.Error.WriteLine($"{optional.Detail} {optional.Remedy}");
        }

        string[] missing = [.. parts.Where(part => part.State == PartState.Missing).Select(part => $"{part.Detail} {part.Remedy}")];
        if (missing.Length > 0)
        {
            throw new CommandException(string.Join(" ", missing), ExitCodes.Unavailable);
        }

        if (areUp)
        {
            throw new CommandException("The services run already; `daprmoe down` ends them.", ExitCodes.Unavailable);
        }
    }

    private async Task StartPartsAsync(PartStarter starter, ProgramSearch search, CancellationToken cancellationToken)
    {
        foreach (BackgroundPart part in BackgroundParts.All)
        {
            if (await Environment.Machine.AnswersAsync(part.Port, cancellationToken))
            {
                Terminal.Error.WriteLine($"{part.Name} runs on 127.0.0.1:{part.Port} already.");
            }
            else if (part.Find(search) is { } program)
            {
                await starter.StartAsync(part, program, cancellationToken);
                Terminal.Error.WriteLine($"Started {part.Name} on 127.0.0.1:{part.Port}.");
            }
        }
    }

    private async Task<int> ServeAsync(PartStarter starter, ProgramSearch search, bool json, CancellationToken cancellationToken)
    {
        using Process services = starter.StartServices(search.Find("dapr")!, search.FindDaprd()!);
        UpBanner.Write(Terminal, StartedProcesses.In(Environment.Root).Read(), json);
        try
        {
            await services.WaitForExitAsync(cancellationToken);
            return services.ExitCode == 0 ? ExitCodes.Success : ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            Terminal.Error.WriteLine("Stopping the services and what was started for them.");
            await ProcessEnd.EndAsync(services, ServicesPatience, Environment.Clock);
            return ExitCodes.Success;
        }
    }
}
