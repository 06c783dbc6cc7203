namespace DaprMoE.Text.Tokenization.Patterns;

/// <summary>What an instruction of a compiled pattern does.</summary>
internal enum Operation
{
    /// <summary>Takes one code point of the set.</summary>
    Set,

    /// <summary>Takes code points of the set, First to Second times.</summary>
    Run,

    /// <summary>Goes on at First; if that fails, at Second. With a set, First is tried only if the next code point is in it.</summary>
    Split,

    /// <summary>Goes on at First.</summary>
    Jump,

    /// <summary>Matches the next instructions once and for all, then goes on at First.</summary>
    Atomic,

    /// <summary>Goes on at First if the next instructions match here.</summary>
    LookAhead,

    /// <summary>Goes on at First if the next instructions match Second code points before.</summary>
    LookBehind,

    /// <summary>Goes on with the next instruction if the position is right.</summary>
    Anchor,

    /// <summary>The end of the pattern or of a nested part.</summary>
    Accept,
}
