using System.Numerics;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace DaprMoE.LoadPredictor;

/// <summary>
/// Scores LightGBM's trees without walking them (QuickScorer): the tests of all trees stand by feature and threshold, a test that sends the
/// row to the right takes the leaves on its left from what its tree can still reach, and the leftmost leaf that is left is the tree's.
/// Ascending thresholds end each feature early, and nothing depends on the step before, as it does in a walk.
/// </summary>
internal sealed class TreeScorer : IRowScorer
{
    private readonly int[] _first;
    private readonly TreeTest[] _tests;
    private readonly double[] _leaves;
    private readonly int _trees;
    private readonly double _bias;

    public TreeScorer(LightGbmRegressionModelParameters model)
    {
        RegressionTreeEnsemble ensemble = model.TrainedTreeEnsemble;
        _bias = ensemble.Bias;
        _trees = ensemble.Trees.Count;
        _leaves = new double[_trees * TreeLeaves.Most];
        List<TreeTest> tests = [];
        for (int tree = 0; tree < _trees; tree++)
        {
            TreeLeaves leaves = new(ensemble.Trees[tree], tree, tests);
            for (int leaf = 0; leaf < leaves.Values.Count; leaf++)
            {
                // The products are those of a walk: the same bits.
                _leaves[(tree * TreeLeaves.Most) + leaf] = ensemble.TreeWeights[tree] * leaves.Values[leaf];
            }
        }

        tests.Sort((one, other) => (one.Feature, one.Threshold).CompareTo((other.Feature, other.Threshold)));
        _tests = [.. tests];
        int features = tests.Count == 0 ? 0 : tests[^1].Feature + 1;
        _first = [.. Enumerable.Range(0, features + 1).Select(feature => tests.Count(test => test.Feature < feature))];
    }

    public float Score(ReadOnlySpan<float> row)
    {
        Span<ulong> reachable = stackalloc ulong[_trees];
        reachable.Fill(ulong.MaxValue);
        for (int feature = 0; feature + 1 < _first.Length; feature++)
        {
            float value = row[feature];
            foreach (ref readonly TreeTest test in _tests.AsSpan(_first[feature].._first[feature + 1]))
            {
                if (!(test.Threshold < value))
                {
                    break;
                }

                reachable[test.Tree] &= test.Kept;
            }
        }

        double score = _bias;
        for (int tree = 0; tree < reachable.Length; tree++)
        {
            score += _leaves[(tree * TreeLeaves.Most) + BitOperations.TrailingZeroCount(reachable[tree])];
        }

        return (float)score;
    }
}
