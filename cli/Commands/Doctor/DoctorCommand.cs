using System.CommandLine;

namespace DaprMoE.Cli;

/// <summary><c>doctor</c>: whether this machine has what the services need on Dapr.</summary>
internal sealed class DoctorCommand(CommandEnvironment environment)
    : CliCommand(environment, "doctor", "Checks what the services need on Dapr, and says how to get what is missing (exit code 4).")
{
    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe doctor", "A line for each part."),
        new("daprmoe doctor --json", "The same for a program."),
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        PartChecks checks = new(Environment.Machine, new ProgramSearch(Environment.Machine, Environment.Variable), Environment.Root);
        bool areUp = StartedProcesses.In(Environment.Root).IsServing;
        DoctorReport report = DoctorReport.Of(await checks.RunAsync(MultiAppRun.Read(Environment.Root), areUp, cancellationToken));
        if (arguments.Json())
        {
            JsonOutput.Write(Terminal, report, DoctorJson.Default.DoctorReport);
        }
        else
        {
            TableWriter.Write(Terminal, report.ToTable());
        }

        return report.Ready ? ExitCodes.Success : ExitCodes.Unavailable;
    }
}
