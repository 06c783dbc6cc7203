namespace DaprMoE.Cli;

/// <summary>The text of a prompt argument.</summary>
internal static class PromptText
{
    /// <summary>The argument itself; of <c>-</c>, all of standard input without its last line end.</summary>
    public static string Read(string argument, Terminal terminal)
    {
        if (argument != "-")
        {
            return argument;
        }

        string text = terminal.In.ReadToEnd();
        return text.EndsWith('\n') ? text.TrimEnd('\r', '\n') : text;
    }
}
