using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace DaprMoE.LoadPredictor;

/// <summary>Walks the trees of a LightGBM model, which stand in one array each for all nodes.</summary>
internal sealed class TreeScorer : IRowScorer
{
    private readonly int[] _feature;
    private readonly float[] _threshold;
    private readonly int[] _children;
    private readonly double[] _leaves;
    private readonly (int Node, int Leaf, double Weight)[] _trees;
    private readonly double _bias;

    public TreeScorer(LightGbmRegressionModelParameters model)
    {
        RegressionTreeEnsemble ensemble = model.TrainedTreeEnsemble;
        List<int> feature = [];
        List<float> threshold = [];
        List<int> children = [];
        List<double> leaves = [];
        _trees = new (int, int, double)[ensemble.Trees.Count];
        for (int t = 0; t < _trees.Length; t++)
        {
            RegressionTree tree = ensemble.Trees[t];
            _trees[t] = (feature.Count, leaves.Count, ensemble.TreeWeights[t]);
            feature.AddRange(tree.NumericalSplitFeatureIndexes);
            threshold.AddRange(tree.NumericalSplitThresholds);
            for (int node = 0; node < tree.LeftChild.Count; node++)
            {
                children.AddRange([tree.LeftChild[node], tree.RightChild[node]]);
            }

            leaves.AddRange(tree.LeafValues);
        }

        _bias = ensemble.Bias;
        (_feature, _threshold, _children, _leaves) = ([.. feature], [.. threshold], [.. children], [.. leaves]);
    }

    public float Score(ReadOnlySpan<float> row)
    {
        double score = _bias;
        foreach ((int first, int firstLeaf, double weight) in _trees)
        {
            int node = 0;
            while (node >= 0)
            {
                int at = first + node;
                node = _children[(2 * at) + (row[_feature[at]] <= _threshold[at] ? 0 : 1)];
            }

            score += weight * _leaves[firstLeaf + ~node];
        }

        return (float)score;
    }
}
