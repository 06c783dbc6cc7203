namespace DaprMoE.LoadPredictor;

/// <summary>An inner node of a tree.</summary>
/// <param name="Feature">The feature that it looks at.</param>
/// <param name="Threshold">Values above go to the right.</param>
/// <param name="Tree">Its tree.</param>
/// <param name="Kept">The tree's leaves that a row which goes to the right can still reach, one bit each from the left.</param>
internal readonly record struct TreeTest(int Feature, float Threshold, int Tree, ulong Kept);
