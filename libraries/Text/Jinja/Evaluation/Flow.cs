namespace DaprMoE.Text.Jinja.Evaluation;

/// <summary>How a body ended.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
}
