using System.CommandLine;
using System.Text.Json.Serialization;

namespace DaprMoE.Cli;

/// <summary><c>down</c>: ends what <c>up</c> started.</summary>
internal sealed class DownCommand(CommandEnvironment environment)
    : CliCommand(environment, "down", "Ends the services on Dapr and what else `daprmoe up` started; nothing else is touched.")
{
    public override IReadOnlyList<Example> Examples =>
    [
        new("daprmoe down", "Ends what `daprmoe up` started, also after it was killed."),
    ];

    protected override async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoppedPart> stopped = await new PartStopper(Environment.Clock, Environment.Root).StopAsync();
        if (arguments.Json())
        {
            JsonOutput.Write(Terminal, new DownResult(stopped), DownJson.Default.DownResult);
            return ExitCodes.Success;
        }

        Terminal.Out.WriteLine(stopped.Count == 0
            ? "Nothing runs that `daprmoe up` started."
            : $"Ended {string.Join(", ", stopped.Select(part => part.Killed ? $"{part.Name} (killed: it did not end by itself)" : part.Name))}.");
        return ExitCodes.Success;
    }
}

/// <summary>What <c>down</c> did.</summary>
/// <param name="Stopped">What was ended, in this order.</param>
internal sealed record DownResult(IReadOnlyList<StoppedPart> Stopped);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DownResult))]
internal sealed partial class DownJson : JsonSerializerContext;
