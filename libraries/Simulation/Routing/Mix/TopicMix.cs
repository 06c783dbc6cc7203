namespace DaprMoE.Simulation;

/// <summary>The shares of the topics in a batch; from one iteration to the next a tenth of them is drawn anew.</summary>
internal sealed class TopicMix(int topics, Xoshiro256 random)
{
    private const double Concentration = 0.6;
    private const double Renewed = 0.1;

    private readonly double[] _shares = new double[topics];
    private readonly double[] _fresh = new double[topics];
    private bool _started;

    public void MoveNext()
    {
        Dirichlet.Draw(random, Concentration, _fresh);
        for (int topic = 0; topic < _shares.Length; topic++)
        {
            _shares[topic] = _started ? ((1 - Renewed) * _shares[topic]) + (Renewed * _fresh[topic]) : _fresh[topic];
        }

        _started = true;
    }

    public int Draw(Xoshiro256 tokens)
    {
        double left = tokens.Uniform();
        int topic = 0;
        while (topic < _shares.Length - 1 && left >= _shares[topic])
        {
            left -= _shares[topic++];
        }

        return topic;
    }
}
