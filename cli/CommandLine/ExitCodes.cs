namespace DaprMoE.Cli;

/// <summary>What the exit code of the command says.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>A check did not hold, or an answer could not be finished.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A file or folder named on the command line is missing, unreadable or not what it should be.</summary>
    public const int BadInput = 3;

    /// <summary>The machine does not have what is needed: memory, a free port, a writable folder.</summary>
    public const int Unavailable = 4;

    /// <summary>A defect of this program.</summary>
    public const int Defect = 70;

    /// <summary>Ended by Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM.</summary>
    public const int Terminated = 143;

    /// <summary>The codes as help prints them.</summary>
    public const string Help =
        "0 done, 1 a check failed, 2 wrong usage, 3 unusable input, 4 the machine lacks something, 70 defect, 126 not built, 127 no SDK, 130 Ctrl-C";
}
