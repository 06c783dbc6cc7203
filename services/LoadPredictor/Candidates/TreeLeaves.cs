using Microsoft.ML.Trainers.FastTree;

namespace DaprMoE.LoadPredictor;

/// <summary>The leaves of a tree from left to right, and its tests in terms of them.</summary>
internal sealed class TreeLeaves
{
    /// <summary>Most leaves of a tree: one bit each.</summary>
    public const int Most = 64;

    private readonly RegressionTree _tree;
    private readonly int _number;
    private readonly List<TreeTest> _tests;
    private readonly List<double> _values = [];

    /// <param name="tree">The tree, with at most 64 leaves.</param>
    /// <param name="number">Its place among the trees.</param>
    /// <param name="tests">Receives its tests.</param>
    public TreeLeaves(RegressionTree tree, int number, List<TreeTest> tests)
    {
        if (tree.NumberOfLeaves > Most)
        {
            throw new InvalidDataException($"A tree has {tree.NumberOfLeaves} leaves; at most {Most} can be scored.");
        }

        (_tree, _number, _tests) = (tree, number, tests);
        if (tree.NumberOfNodes == 0)
        {
            _values.Add(tree.LeafValues[0]);
        }
        else
        {
            Visit(0);
        }
    }

    /// <summary>The leaves' values.</summary>
    public IReadOnlyList<double> Values => _values;

    private void Visit(int node)
    {
        if (node < 0)
        {
            _values.Add(_tree.LeafValues[~node]);
            return;
        }

        int first = _values.Count;
        Visit(_tree.LeftChild[node]);
        ulong left = ((1UL << (_values.Count - first)) - 1) << first;
        _tests.Add(new TreeTest(_tree.NumericalSplitFeatureIndexes[node], _tree.NumericalSplitThresholds[node], _number, ~left));
        Visit(_tree.RightChild[node]);
    }
}
