int engine_open(void);
