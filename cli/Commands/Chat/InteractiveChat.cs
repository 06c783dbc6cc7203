namespace DaprMoE.Cli;

/// <summary>
/// Reads what the user says line by line. Ctrl-C stops an answer; at the prompt it leaves. A question that does not fit the context has no
/// answer: with input from a pipe, where nobody reads that, the exit code tells.
/// </summary>
internal sealed class InteractiveChat(ChatSession session, CommandEnvironment environment, bool json)
{
    private const string Help = "/reset begins anew, /exit or Ctrl-D leaves, Ctrl-C stops an answer.";

    private readonly Terminal _terminal = environment.Terminal;

    // With input from a pipe there is nobody to prompt.
    private readonly bool _prompts = environment.Terminal.InIsTerminal && environment.Terminal.OutIsTerminal;
    private bool _failed;

    private int ExitCode => _failed && !_terminal.InIsTerminal ? ExitCodes.Failed : ExitCodes.Success;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Say($"{session.Model}. {Help}");
        while (await ReadLineAsync(cancellationToken) is { } line)
        {
            if (line is "/exit" or "/quit")
            {
                return ExitCode;
            }

            if (line.Trim().Length > 0 && !RunCommand(line.Trim()))
            {
                await AnswerAsync(line);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        Say("");
        return ExitCode;
    }

    private bool RunCommand(string line)
    {
        switch (line)
        {
            case "/help":
                Say(Help);
                return true;
            case "/reset":
                session.Reset();
                Say("A new conversation.");
                return true;
            case ['/', .. var word] when word.All(char.IsAsciiLetter):
                Say($"There is no {line}. {Help}");
                return true;
            default:
                return false;
        }
    }

    private async Task AnswerAsync(string line)
    {
        using Interrupts.Scope scope = environment.Interrupts.Enter();
        try
        {
            await session.AnswerAsync(line, scope.Token);
        }
        catch (ContextFullException exception)
        {
            _failed = true;
            _terminal.Error.WriteLine($"{exception.Message} /reset begins anew.");
            if (json)
            {
                ErrorResult.Write(_terminal, exception.Message, ExitCodes.Failed);
            }
        }
    }

    /// <summary>A line, or null at the end. The thread that waits for the terminal is left behind when the wait is given up.</summary>
    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        if (_prompts)
        {
            _terminal.Out.Write("> ");
        }

        try
        {
            return await Task.Run(_terminal.In.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Say("");
            throw;
        }
    }

    private void Say(string text)
    {
        if (_prompts)
        {
            _terminal.Out.WriteLine(text);
        }
    }
}
